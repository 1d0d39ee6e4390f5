namespace XCoder.Analysis.Seeds;

/// <summary>Options for choosing seeds.</summary>
public sealed record SeedOptions
{
    /// <summary>Most seeds to choose, 1 or more. Default 100.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Seed of the random choices: the same value gives the same seeds. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Most seeds per concept, 1 or more; unlimited by default. Functions without a concept count as one concept per
    /// language.
    /// </summary>
    public int PerConcept { get; init; } = int.MaxValue;

    /// <summary>Whether a duplicate group may give one seed in each of its languages instead of only one. Default false.</summary>
    public bool IsPerLanguage { get; init; }

    /// <summary>Number of a cell's most promising candidates that are examined for a seed, 1 or more. Default 8.</summary>
    public int Considered { get; init; } = 8;

    /// <summary>Throws if an option is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option is outside its range; the exception gives its name, value and range.
    /// </exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PerConcept, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Considered, 1);
    }
}
