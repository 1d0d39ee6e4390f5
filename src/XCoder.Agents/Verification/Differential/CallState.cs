namespace XCoder.Agents.Verification.Differential;

/// <summary>How a call ended.</summary>
internal enum CallState
{
    /// <summary>It was not reached.</summary>
    NotRun,

    /// <summary>It gave a value, or nothing.</summary>
    Value,

    /// <summary>It ended by an error, or took the program with it.</summary>
    Error,

    /// <summary>It did not end in time.</summary>
    TimedOut,

    /// <summary>A number grew too large in it.</summary>
    Overflow,

    /// <summary>It gave what cannot be shown.</summary>
    Unshown,
}
