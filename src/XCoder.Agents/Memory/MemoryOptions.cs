namespace XCoder.Agents.Memory;

/// <summary>How much an agent remembers, and what counts as new.</summary>
public sealed record MemoryOptions
{
    /// <summary>Most merits, and most faults, an agent keeps, 1 or more. Default 12.</summary>
    public int Lessons { get; init; } = 12;

    /// <summary>Merits, and faults, that enter a prompt, 0 or more. Default 5.</summary>
    public int Shown { get; init; } = 5;

    /// <summary>Latest tasks of the agent that a prompt names, 0 or more. Default 6.</summary>
    public int Recent { get; init; } = 6;

    /// <summary>Rows of an agent after which it reflects, 1 or more. Default 16.</summary>
    public int ReflectEvery { get; init; } = 16;

    /// <summary>Cosine of two responses of one language from which the later is no longer new, in (0, 1]. Default 0.97.</summary>
    public double MaxCosine { get; init; } = 0.97;

    /// <summary>
    /// Jaccard similarity of two instructions over 3-word shingles from which the later is no longer new, in (0, 1]. Default 0.7.
    /// </summary>
    public double MaxJaccard { get; init; } = 0.7;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Lessons, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Shown);
        ArgumentOutOfRangeException.ThrowIfNegative(Recent);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReflectEvery, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxCosine);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxCosine, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxJaccard);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxJaccard, 1);
    }
}
