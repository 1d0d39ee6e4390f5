namespace XCoder.Agents.Reports;

/// <summary>Failures of rows from one language into one. Where the two differ the rows are translations.</summary>
/// <param name="Source">Source language id.</param>
/// <param name="Target">Target language id.</param>
/// <param name="Rows">Rows of the pair.</param>
/// <param name="Failures">Rows that failed, each once.</param>
/// <param name="Kinds">Failures by id of their kind, in the kinds' order; only kinds that occur.</param>
public sealed record PairFaults(string Source, string Target, long Rows, long Failures, IReadOnlyDictionary<string, long> Kinds);
