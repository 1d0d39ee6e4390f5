namespace XCoder.Analysis.Vectors.Search;

/// <summary>How vectors are searched.</summary>
internal sealed record SearchOptions
{
    /// <summary>Threads to search with. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Tables up to this number of rows are searched exactly. Default 200,000.</summary>
    public int ExactRows { get; init; } = 200_000;

    /// <summary>Partitions of a larger table; 0, the default, means 4·√rows.</summary>
    public int Partitions { get; init; }

    /// <summary>Partitions a query searches; 0, the default, means 17.5 % of them, at least 8.</summary>
    public int Probes { get; init; }

    /// <summary>Rows a partition that its centres are learnt from. Default 64.</summary>
    public int SampleRows { get; init; } = 64;

    /// <summary>Rounds of k-means. Default 8.</summary>
    public int Rounds { get; init; } = 8;

    /// <summary>Numbers that rows of a larger table are projected to in order to choose candidates. Default 128.</summary>
    public int Axes { get; init; } = 128;

    /// <summary>Seed of the sample and the first centres. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal SearchOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactRows);
        ArgumentOutOfRangeException.ThrowIfNegative(Partitions);
        ArgumentOutOfRangeException.ThrowIfNegative(Probes);
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Axes, 1);
        return this;
    }
}
