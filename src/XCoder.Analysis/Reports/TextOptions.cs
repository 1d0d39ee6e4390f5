namespace XCoder.Analysis.Reports;

/// <summary>How text is laid out for a terminal or a file.</summary>
public sealed record TextOptions
{
    /// <summary>Columns a line may take; tables are cut to it. Default 100, at least 20.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Whether ANSI colours are written. Default false.</summary>
    public bool Colour { get; init; }

    /// <summary>Duplicate groups the summary names. Default 10.</summary>
    public int TopGroups { get; init; } = 10;

    /// <summary>Lost files the summary names; the rest is counted. Default 20.</summary>
    public int TopLosses { get; init; } = 20;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 20);
        ArgumentOutOfRangeException.ThrowIfNegative(TopGroups);
        ArgumentOutOfRangeException.ThrowIfNegative(TopLosses);
    }
}
