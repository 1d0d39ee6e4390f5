namespace XCoder.Agents.Decontamination;

/// <summary>What of a benchmark counts as evidence.</summary>
public sealed record FingerprintOptions
{
    /// <summary>A 10-gram that stands in more problems of a file than this is boilerplate and left out, 1 or more. Default 2.</summary>
    public int MostProblems { get; init; } = 2;

    /// <summary>Least words of two letters or more that a 10-gram holds, 0 to 10. Default 4.</summary>
    public int LeastNamed { get; init; } = 4;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MostProblems, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(LeastNamed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeastNamed, WordHashes.GramWords);
    }
}
