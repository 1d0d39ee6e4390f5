using System.Globalization;
using XCoder.Agents.Sandbox;

namespace XCoder.Agents.Verification;

/// <summary>What one gate found.</summary>
/// <param name="Gate"><c>language</c>, <c>parse</c>, <c>compile</c>, <c>check</c>, <c>tests</c> or <c>mutation</c>.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Detail">What was found, for people.</param>
/// <param name="Command">What was run, or null.</param>
/// <param name="Run">How it ended, or null where nothing was run.</param>
public sealed record GateResult(string Gate, GateOutcome Outcome, string Detail, string? Command = null, SandboxResult? Run = null)
{
    private const int LongestTail = 600;

    /// <summary>One piece of evidence: gate, outcome, what was found, command, exit code, time, and the end of the output where it did not pass.</summary>
    public string ToEvidence()
    {
        var text = $"{Gate}: {Outcome switch { GateOutcome.Passed => "passed", GateOutcome.Failed => "failed", _ => "unknown" }}: {Detail}";
        if (Run is null)
        {
            return text;
        }

        text += string.Create(CultureInfo.InvariantCulture, $"; {Command}; {(Run.Outcome == SandboxOutcome.Exited ? $"exit code {Run.ExitCode}" : Run.Outcome)}; {Run.Wall.TotalMilliseconds:0} ms");
        var output = (Run.Output.Trim() + "\n" + Run.Errors.Trim()).Trim();
        return Outcome == GateOutcome.Passed || output.Length == 0 ? text : $"{text}; {(output.Length > LongestTail ? "…" + output[^LongestTail..] : output)}";
    }
}
