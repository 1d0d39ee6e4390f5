namespace XCoder.Agents.Reports;

/// <summary>A kind of fault that failures are sorted into.</summary>
/// <param name="Id">Its id: <c>compile</c>, <c>type</c>, <c>api</c>, <c>runtime</c>, <c>wrong-value</c>, <c>time</c>, <c>language</c> or <c>idiom</c>.</param>
/// <param name="Meaning">What falls under it.</param>
public sealed record FaultKind(string Id, string Meaning);
