namespace XCoder.Agents.Verification.Differential;

/// <summary>A character that may as well be a number.</summary>
/// <param name="Value">Its code.</param>
internal sealed record ParsedCode(long Value);
