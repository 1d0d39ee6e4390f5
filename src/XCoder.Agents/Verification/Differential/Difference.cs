namespace XCoder.Agents.Verification.Differential;

/// <summary>A call that two functions answer differently.</summary>
/// <param name="Index">The call.</param>
/// <param name="Kind">How they differ.</param>
/// <param name="Source">What the source gave.</param>
/// <param name="Target">What the target gave.</param>
internal sealed record Difference(int Index, DifferenceKind Kind, string Source, string Target);
