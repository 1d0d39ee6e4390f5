namespace XCoder.Agents.Differential;

/// <summary>What a program of calls came to.</summary>
/// <param name="Outcomes">Of each call, in order.</param>
/// <param name="Problem">Why there are none, or null.</param>
/// <param name="IsMissing">Whether that is for want of a toolchain.</param>
internal sealed record CallRun(IReadOnlyList<CallOutcome> Outcomes, string? Problem, bool IsMissing = false);
