using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Agents.Verification.Gates;

/// <summary>What one gate found, with the run it found it by.</summary>
/// <param name="Gate">One of <see cref="GateNames"/>.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Reason">Why; null where there is no more to say than the outcome.</param>
/// <param name="Detail">What was found, for people.</param>
/// <param name="Command">What was run, or null.</param>
/// <param name="Run">How it ended, or null where nothing was run in the sandbox.</param>
/// <param name="Lacks">What this machine lacked to say more, as <see cref="RowVerification.Lacks"/> names it, or null.</param>
/// <param name="Messages">What a tool outside the sandbox said; null where the run says it.</param>
internal sealed record GateResult(
    string Gate, GateOutcome Outcome, GateReason? Reason, string Detail, string? Command = null, SandboxResult? Run = null, string? Lacks = null, string? Messages = null)
{
    private const int LongestOutput = 600, LongestEnd = 300, LeastEnd = 100;

    /// <summary>As a row holds it: with both ends of the output where it did not pass.</summary>
    public GateEvidence ToEvidence() => new(
        Gate, Outcome, Reason ?? (Run is null ? null : ReasonOf(Run)), Command, Run is { Outcome: SandboxOutcome.Exited } ? Run.ExitCode : null,
        Run is null ? null : (long)Math.Round(Run.Wall.TotalMilliseconds), Outcome == GateOutcome.Passed ? null : Shown() is { Length: > 0 } shown ? shown : null, Detail);

    /// <summary>How a program was ended, as a reason; null where it ended by itself.</summary>
    internal static GateReason? ReasonOf(SandboxResult run) => run.Outcome switch
    {
        SandboxOutcome.TimedOut => GateReason.TimedOut,
        SandboxOutcome.Waited => run.WasStarved ? GateReason.TooLittleTime : GateReason.Waited,
        SandboxOutcome.OutOfMemory => GateReason.OutOfMemory,
        SandboxOutcome.TooMuchOutput => GateReason.TooMuchOutput,
        SandboxOutcome.NotStarted => GateReason.SandboxFailed,
        _ => null,
    };

    private string Shown()
    {
        var (output, errors) = (Messages ?? Run?.Output.Trim() ?? "", Run?.Errors.Trim() ?? "");
        return Messages is not null || output.Length + errors.Length <= LongestOutput ? (output + "\n" + errors).Trim()
            : (Ends(output, errors.Length > 0 ? LeastEnd : LongestEnd) + "\n" + Ends(errors, LongestEnd)).Trim();
    }

    // Some tools say first what is wrong, before a long trace; others last.
    private static string Ends(string text, int most) => text.Length <= 2 * most ? text : $"{text[..most]}…{text[^most..]}";
}
