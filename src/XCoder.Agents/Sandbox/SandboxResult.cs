namespace XCoder.Agents.Sandbox;

/// <summary>What a run in the sandbox left.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">Exit code where it ended by itself, else -1.</param>
/// <param name="Output">Its standard output: the first and the last part where it is long.</param>
/// <param name="Errors">Its standard error, likewise.</param>
/// <param name="Wall">Time from start to end, setting up the sandbox included.</param>
/// <param name="Detail">Why the sandbox could not be set up, or null.</param>
public sealed record SandboxResult(SandboxOutcome Outcome, int ExitCode, string Output, string Errors, TimeSpan Wall, string? Detail = null)
{
    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool Succeeded => Outcome == SandboxOutcome.Exited && ExitCode == 0;
}
