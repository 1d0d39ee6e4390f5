namespace XCoder.Agents.Verification;

/// <summary>What a gate says.</summary>
public enum GateOutcome
{
    /// <summary>The code passes.</summary>
    Passed,

    /// <summary>The code is refused.</summary>
    Failed,

    /// <summary>Nothing can be said here: a tool, a module or the isolation is missing.</summary>
    Unknown,
}
