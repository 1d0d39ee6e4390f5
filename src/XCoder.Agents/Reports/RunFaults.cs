namespace XCoder.Agents.Reports;

/// <summary>Failures of a run's rows, sorted by kind.</summary>
/// <param name="Kinds">All kinds, in the order they are shown.</param>
/// <param name="Pairs">Language pairs with a failure: translations before rows within a language, most failures first.</param>
public sealed record RunFaults(IReadOnlyList<FaultKind> Kinds, IReadOnlyList<PairFaults> Pairs);
