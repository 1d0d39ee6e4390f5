namespace XCoder.Agents.Verification.Differential;

/// <summary>The values of one call.</summary>
/// <param name="Values">Values: long, double, bool, string, char, or a list of values.</param>
/// <param name="Traits">What is special about them.</param>
internal sealed record CallInput(IReadOnlyList<object> Values, InputTraits Traits);
