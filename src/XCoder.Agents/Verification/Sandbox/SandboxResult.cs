namespace XCoder.Agents.Verification.Sandbox;

/// <summary>What a run in the sandbox left.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">Exit code where it ended by itself, else -1.</param>
/// <param name="Output">Its standard output: the first and the last part where it is long.</param>
/// <param name="Errors">Its standard error, likewise.</param>
/// <param name="Wall">Time from start to end, setting up the sandbox included.</param>
/// <param name="Detail">Why the sandbox could not be set up, or null.</param>
/// <param name="Cpu">Processor time it was last seen to have used.</param>
/// <param name="WasStarved">Where it <see cref="SandboxOutcome.Waited"/>: whether that was for a processor, so that on another day it may end.</param>
internal sealed record SandboxResult(SandboxOutcome Outcome, int ExitCode, string Output, string Errors, TimeSpan Wall, string? Detail = null, TimeSpan Cpu = default, bool WasStarved = false)
{
    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool Succeeded => Outcome == SandboxOutcome.Exited && ExitCode == 0;
}
