namespace XCoder.Agents.Memory;

/// <summary>Limits of an agent's memory, and thresholds for new rows.</summary>
public sealed record MemoryOptions
{
    /// <summary>Highest number of merits, and of faults, that an agent keeps; 1 or more. Default 12.</summary>
    public int Lessons { get; init; } = 12;

    /// <summary>Highest number of merits, and of faults, in a prompt; 0 or more. Default 5.</summary>
    public int Shown { get; init; } = 5;

    /// <summary>Latest tasks of the agent that a prompt lists; 0 or more. Default 6.</summary>
    public int Recent { get; init; } = 6;

    /// <summary>Lessons of other agents that an agent may take over when it reflects; 0 or more. Default 8.</summary>
    public int Offered { get; init; } = 8;

    /// <summary>Rows of an agent between two reflections; 1 or more. Default 16.</summary>
    public int ReflectEvery { get; init; } = 16;

    /// <summary>
    /// Lowest cosine to an earlier response in the same language at which a response is a duplicate, in (0, 1]. Default 0.97.
    /// </summary>
    public double MaxCosine { get; init; } = 0.97;

    /// <summary>
    /// Lowest Jaccard similarity to an earlier instruction, over 3-word shingles, at which an instruction is a duplicate, in (0, 1].
    /// Default 0.7.
    /// </summary>
    public double MaxJaccard { get; init; } = 0.7;

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names option, value and bound.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Lessons, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Shown);
        ArgumentOutOfRangeException.ThrowIfNegative(Recent);
        ArgumentOutOfRangeException.ThrowIfNegative(Offered);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReflectEvery, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxCosine);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxCosine, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxJaccard);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxJaccard, 1);
    }
}
