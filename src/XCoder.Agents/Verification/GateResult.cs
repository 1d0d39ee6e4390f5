using System.Globalization;
using XCoder.Agents.Sandbox;

namespace XCoder.Agents.Verification;

/// <summary>What one gate found.</summary>
/// <param name="Gate"><c>language</c>, <c>parse</c>, <c>compile</c>, <c>check</c>, <c>tests</c>, <c>independent</c> or <c>mutation</c>.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Detail">What was found, for people.</param>
/// <param name="Command">What was run, or null.</param>
/// <param name="Run">How it ended, or null where nothing was run.</param>
/// <param name="Lacks">What this machine lacked to say more, as <see cref="Rows.RowVerification.Lacks"/> names it, or null.</param>
public sealed record GateResult(string Gate, GateOutcome Outcome, string Detail, string? Command = null, SandboxResult? Run = null, string? Lacks = null)
{
    private const int LongestOutput = 600, LongestEnd = 300, LeastEnd = 100;

    /// <summary>One piece of evidence: gate, outcome, what was found, command, exit code, time, and both ends of the output where it did not pass.</summary>
    public string ToEvidence()
    {
        var text = $"{Gate}: {Outcome switch { GateOutcome.Passed => "passed", GateOutcome.Failed => "failed", _ => "unknown" }}: {Detail}";
        if (Run is null)
        {
            return text;
        }

        text += string.Create(CultureInfo.InvariantCulture, $"; {Command}; {(Run.Outcome == SandboxOutcome.Exited ? $"exit code {Run.ExitCode}" : Run.Outcome)}; {Run.Wall.TotalMilliseconds:0} ms");
        var shown = Shown(Run.Output.Trim(), Run.Errors.Trim());
        return Outcome == GateOutcome.Passed || shown.Length == 0 ? text : $"{text}; {shown}";
    }

    private static string Shown(string output, string errors) =>
        output.Length + errors.Length <= LongestOutput ? (output + "\n" + errors).Trim() : (Ends(output, errors.Length > 0 ? LeastEnd : LongestEnd) + "\n" + Ends(errors, LongestEnd)).Trim();

    // Some tools say first what is wrong, before a long trace; others last.
    private static string Ends(string text, int most) => text.Length <= 2 * most ? text : $"{text[..most]}…{text[^most..]}";
}
