namespace XCoder.Agents.Reports;

/// <summary>What a criterion of the critique got.</summary>
/// <param name="Criterion">Its name.</param>
/// <param name="Rows">Rows with a score.</param>
/// <param name="Mean">Mean, in [0, 10].</param>
/// <param name="Histogram">Rows with a score in [0, 1), [1, 2), … [9, 10].</param>
public sealed record CriterionScores(string Criterion, long Rows, double Mean, IReadOnlyList<long> Histogram);
