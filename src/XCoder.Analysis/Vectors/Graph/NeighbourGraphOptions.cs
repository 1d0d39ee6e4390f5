namespace XCoder.Analysis.Vectors.Graph;

/// <summary>How a <see cref="NeighbourGraph"/> is built.</summary>
internal sealed record NeighbourGraphOptions
{
    /// <summary>Nearest rows kept of each row, whatever their label. Default 16.</summary>
    public int Neighbours { get; init; } = 16;

    /// <summary>Nearest rows of each commoner label that are kept besides: of two labels the rows of the rarer look into the other (by number of rows, ties by number), so that a pair is found from one side. Default 2.</summary>
    public int PerLabel { get; init; } = 2;

    /// <summary>Lowest cosine kept, in [-1, 1]. Default 0.3.</summary>
    public float Floor { get; init; } = 0.3f;

    /// <summary>Threads to work with. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Tables up to this number of rows are compared pair by pair, exactly. Default 50,000.</summary>
    public int ExactRows { get; init; } = 50_000;

    /// <summary>Partitions of a larger table; 0, the default, means 4·√rows.</summary>
    public int Partitions { get; init; }

    /// <summary>Partitions that a row is compared with. Default 96: with 4·√rows partitions the work grows as rows to the power 1.5.</summary>
    public int Probes { get; init; } = 96;

    /// <summary>Partitions of each commoner label that a row is compared with at least. Default 2.</summary>
    public int LabelProbes { get; init; } = 2;

    /// <summary>Numbers that rows of a larger table are projected to in order to choose candidates. Default 128.</summary>
    public int Axes { get; init; } = 128;

    /// <summary>Rounds in which the neighbours of neighbours of a larger table are looked at. Default 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Seed of samples and first centres. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal NeighbourGraphOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(PerLabel);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactRows);
        ArgumentOutOfRangeException.ThrowIfNegative(Partitions);
        ArgumentOutOfRangeException.ThrowIfLessThan(Probes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(LabelProbes);
        ArgumentOutOfRangeException.ThrowIfLessThan(Axes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Rounds);
        return Floor is >= -1 and <= 1 ? this : throw new ArgumentOutOfRangeException(nameof(Floor), Floor, "A cosine lies in [-1, 1].");
    }
}
