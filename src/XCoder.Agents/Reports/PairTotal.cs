namespace XCoder.Agents.Reports;

/// <summary>Rows from one language into one.</summary>
/// <param name="Source">Source language id.</param>
/// <param name="Target">Target language id.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Accepted">How many were accepted.</param>
/// <param name="MeanTotal">Mean total of those with scores, in [0, 10]; null where none has.</param>
public sealed record PairTotal(string Source, string Target, long Rows, long Accepted, double? MeanTotal);
