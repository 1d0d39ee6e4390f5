namespace XCoder.Analysis.Similarity;

/// <summary>How a <see cref="NeighbourGraph"/> is built.</summary>
public sealed record NeighbourGraphOptions
{
    /// <summary>Nearest rows kept of each row, whatever their label. Default 16.</summary>
    public int Neighbours { get; init; } = 16;

    /// <summary>Nearest rows of each label other than a row's own that are kept besides. Default 2.</summary>
    public int PerLabel { get; init; } = 2;

    /// <summary>Lowest cosine kept, in [-1, 1]. Default 0.3.</summary>
    public float Floor { get; init; } = 0.3f;

    /// <summary>Threads to work with. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Tables up to this number of rows are compared pair by pair, exactly. Default 50,000.</summary>
    public int ExactRows { get; init; } = 50_000;

    /// <summary>Partitions of a larger table; 0, the default, means 4·√rows.</summary>
    public int Partitions { get; init; }

    /// <summary>Partitions that a row is compared with; 0, the default, means a share that falls with their number.</summary>
    public int Probes { get; init; }

    /// <summary>Seed of samples and first centres. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal NeighbourGraphOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(PerLabel);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactRows);
        ArgumentOutOfRangeException.ThrowIfNegative(Partitions);
        ArgumentOutOfRangeException.ThrowIfNegative(Probes);
        return Floor is >= -1 and <= 1 ? this : throw new ArgumentOutOfRangeException(nameof(Floor), Floor, "A cosine lies in [-1, 1].");
    }
}
