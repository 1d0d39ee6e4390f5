namespace XCoder.Agents.Verification.Sandbox;

/// <summary>How a run in the sandbox ended.</summary>
internal enum SandboxOutcome
{
    /// <summary>It ended by itself, with the exit code given; 128 and more where a signal ended it.</summary>
    Exited,

    /// <summary>It was ended at the limit of processor time.</summary>
    TimedOut,

    /// <summary>It was ended because it took too long, though it had used less processor time than it may: it waited, or the machine was busy.</summary>
    Waited,

    /// <summary>It was ended because its processes took more memory together than allowed.</summary>
    OutOfMemory,

    /// <summary>It was ended because it wrote more than allowed to its standard output or error.</summary>
    TooMuchOutput,

    /// <summary>The sandbox could not be set up; nothing was run.</summary>
    NotStarted,
}
