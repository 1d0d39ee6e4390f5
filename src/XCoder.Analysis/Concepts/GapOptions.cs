namespace XCoder.Analysis.Concepts;

/// <summary>What counts as a gap.</summary>
internal sealed record GapOptions
{
    /// <summary>A language with so many functions has a real presence. Default 50.</summary>
    public int MinFunctions { get; init; } = 50;

    /// <summary>Or one with this share of all functions, in [0, 1]. Default 0.01.</summary>
    public double MinShare { get; init; } = 0.01;

    /// <summary>
    /// Fewest languages of real presence that have the concept, 1 or more. Default 3, or 2 where there are no more than three.
    /// </summary>
    public int MinLanguages { get; init; } = 3;

    /// <summary>Margin from which on something near fills the gap: the threshold of duplicates. Default 0.12.</summary>
    public double Near { get; init; } = 0.12;

    /// <summary>Margin down to which something near makes the gap smaller, below <see cref="Near"/>. Default -0.2.</summary>
    public double Far { get; init; } = -0.2;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinFunctions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MinLanguages, 1);
        if (MinShare is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(MinShare), MinShare, "MinShare must be 0 to 1.");
        }

        if (!(Far < Near))
        {
            throw new ArgumentOutOfRangeException(nameof(Far), Far, $"Far must be below Near, {Near}.");
        }
    }
}
