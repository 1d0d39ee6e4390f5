namespace XCoder.Agents.Verification.Differential;

/// <summary>What a call came to.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Value">What it gave.</param>
/// <param name="Arguments">Its arguments after it, or null.</param>
/// <param name="Message">The error.</param>
internal sealed record CallOutcome(CallState State, object? Value = null, ParsedList? Arguments = null, string Message = "");
