namespace XCoder.Agents.Verification.Differential;

/// <summary>A map that a program showed.</summary>
/// <param name="Pairs">Lists of key and value.</param>
internal sealed record ParsedMap(IReadOnlyList<object?> Pairs);
