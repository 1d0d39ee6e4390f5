namespace XCoder.Analysis.Seeds;

/// <summary>How seeds are chosen.</summary>
public sealed record SeedOptions
{
    /// <summary>Most seeds, 1 or more. Default 100.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Number that the random choices follow from: the same number, the same seeds. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Most seeds of one concept, 1 or more. Default: no limit. Functions in no concept count as one concept a language.</summary>
    public int PerConcept { get; init; } = int.MaxValue;

    /// <summary>Whether a duplicate group may give one seed in each language it is in, not one in all. Default false.</summary>
    public bool IsPerLanguage { get; init; }

    /// <summary>Candidates of a cell, best first, that are looked at for a seed, 1 or more. Default 8.</summary>
    public int Considered { get; init; } = 8;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PerConcept, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Considered, 1);
    }
}
