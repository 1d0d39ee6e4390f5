namespace XCoder.Agents.Verification.Differential;

/// <summary>A list that a program showed.</summary>
/// <param name="Items">Its items.</param>
/// <param name="IsSet">Whether their order means nothing.</param>
internal sealed record ParsedList(IReadOnlyList<object?> Items, bool IsSet);
