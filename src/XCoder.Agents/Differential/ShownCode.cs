namespace XCoder.Agents.Differential;

/// <summary>A character that may as well be a number.</summary>
/// <param name="Value">Its code.</param>
internal sealed record ShownCode(long Value);
