namespace XCoder.Analysis.Vectors.Umap;

/// <summary>How a <see cref="UmapLayout"/> is made. The defaults are measured: tests/XCoder.Benchmarks/RESULTS.md.</summary>
internal sealed record UmapOptions
{
    /// <summary>Nearest neighbours of a node that attract it, besides those that it is a nearest neighbour of. Default 15.</summary>
    public int Neighbours { get; init; } = 15;

    /// <summary>Rounds of movement, each shorter than the one before. Default 200.</summary>
    public int Rounds { get; init; } = 200;

    /// <summary>Nodes drawn at random that repel a node, for every unit of its edges' weight, in every round. Default 5.</summary>
    public double Repulsion { get; init; } = 5;

    /// <summary>Seed of what is drawn. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads. The layout does not depend on it. Default 1.</summary>
    public int Threads { get; init; } = 1;

    internal UmapOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(Rounds);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        return Repulsion is > 0 and <= 100 ? this : throw new ArgumentOutOfRangeException(nameof(Repulsion), Repulsion, "Repulsion must be above 0 and at most 100.");
    }
}
