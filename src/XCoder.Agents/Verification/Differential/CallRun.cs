namespace XCoder.Agents.Verification.Differential;

/// <summary>What a program of calls came to.</summary>
/// <param name="Outcomes">Of each call, in order.</param>
/// <param name="Problem">Why there are none, or null.</param>
/// <param name="Lacks">What this machine lacked, as <see cref="XCoder.Agents.Rows.RowVerification.Lacks"/> names it, or null.</param>
internal sealed record CallRun(IReadOnlyList<CallOutcome> Outcomes, string? Problem, string? Lacks = null);
