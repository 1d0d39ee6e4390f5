using System.Numerics;
using System.Runtime.InteropServices;
using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Umap;

/// <summary>
/// Places the nodes of a graph in the plane so that near nodes lie together: UMAP's forces (McInnes, Healy and Melville,
/// "UMAP: Uniform Manifold Approximation and Projection", 2018) with the kernel 1 / (1 + d²), begun at the two principal
/// axes. Distances within a group mean something, those between far groups little. Deterministic, whatever the number
/// of threads.
/// </summary>
internal static class UmapLayout
{
    /// <summary>A layout by cosines.</summary>
    /// <param name="graph">Nearest neighbours of every row.</param>
    /// <param name="table">The rows; gives the start.</param>
    /// <param name="options">Defaults where null.</param>
    /// <param name="progress">Told how many rounds are done.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>[rows, 2]: x and y, about the origin, in no unit.</returns>
    /// <exception cref="ArgumentException">Graph and table differ in size.</exception>
    public static float[] Of(NeighbourGraph graph, VectorTable table, UmapOptions? options = null,
        IProgress<(long Done, long All)>? progress = null, CancellationToken cancellation = default)
    {
        Check(graph.Count, table);
        var settings = (options ?? new UmapOptions()).Validated();
        var edges = UmapEdges.Of(graph.Count, row => [.. graph[row].ToArray().Select(hit => (hit.Row, hit.Cosine))], settings);
        return Move(edges, table, settings, progress, cancellation);
    }

    /// <summary>A layout by margins.</summary>
    /// <param name="graph">Near pairs.</param>
    /// <param name="table">A row a node; gives the start.</param>
    /// <param name="options">Defaults where null.</param>
    /// <param name="progress">Told how many rounds are done.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>[nodes, 2]: x and y, about the origin, in no unit.</returns>
    /// <exception cref="ArgumentException">Graph and table differ in size.</exception>
    public static float[] Of(MarginGraph graph, VectorTable table, UmapOptions? options = null,
        IProgress<(long Done, long All)>? progress = null, CancellationToken cancellation = default)
    {
        Check(graph.Count, table);
        var settings = (options ?? new UmapOptions()).Validated();
        var edges = UmapEdges.Of(graph.Count, node => [.. graph[node].ToArray().Select(edge => (edge.Other, edge.Margin))], settings);
        return Move(edges, table, settings, progress, cancellation);
    }

    private static void Check(int nodes, VectorTable table)
    {
        if (nodes != table.Count)
        {
            throw new ArgumentException($"{table.Count} vectors for {nodes} nodes.", nameof(table));
        }
    }

    private static float[] Move(UmapEdges edges, VectorTable table, UmapOptions options, IProgress<(long Done, long All)>? progress,
        CancellationToken cancellation)
    {
        var places = UmapAxes.Project(table, options.Threads, cancellation);
        UmapForces.Scale(places);
        new UmapForces(edges, options).Run(places, progress, cancellation);
        return places;
    }
}

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
        return Repulsion is > 0 and <= 100 ? this
            : throw new ArgumentOutOfRangeException(nameof(Repulsion), Repulsion, "Repulsion must be above 0 and at most 100.");
    }
}

/// <summary>
/// Rows on the two directions in which they vary most about their mean (principal components), by power iteration over
/// the rows themselves: at two axes this is cheaper than their moments. Sums are taken block by block in one order.
/// </summary>
internal static class UmapAxes
{
    private const int Rounds = 24;
    private const int BlockRows = 1024;

    /// <summary>[rows, 2]; rows without direction lie at the mean.</summary>
    public static float[] Project(VectorTable table, int threads, CancellationToken cancellation)
    {
        var dimension = table.Dimension;
        var places = new float[2 * table.Count];
        if (table.Count == 0)
        {
            return places;
        }

        var mean = Sum(table, threads, cancellation, static (_, unit, sum) => Add(sum, unit, 1));
        Scale(mean, 1f / table.Count);
        var random = new Random(1);
        var axes = new float[2][];
        for (var axis = 0; axis < 2; axis++)
        {
            var direction = new float[dimension];
            foreach (ref var value in direction.AsSpan())
            {
                value = (float)(random.NextDouble() - 0.5);
            }

            for (var round = 0; round < Rounds; round++)
            {
                Clean(direction, axes.AsSpan(0, axis));
                var offset = HalfRows.Dot(mean, direction);
                var now = direction;
                direction = Sum(table, threads, cancellation, (_, unit, sum) =>
                {
                    var along = HalfRows.Dot(unit, now) - offset;
                    Add(sum, unit, along);
                    Add(sum, mean, -along);
                });
            }

            Clean(direction, axes.AsSpan(0, axis));
            axes[axis] = direction;
        }

        var (first, second) = (HalfRows.Dot(mean, axes[0]), HalfRows.Dot(mean, axes[1]));
        Sum(table, threads, cancellation, (row, unit, _) =>
            (places[2 * row], places[(2 * row) + 1]) = (HalfRows.Dot(unit, axes[0]) - first, HalfRows.Dot(unit, axes[1]) - second));
        return places;
    }

    private static float[] Sum(VectorTable table, int threads, CancellationToken cancellation, Action<int, float[], float[]> add)
    {
        var blocks = ExactSearch.Blocks(table.Count, BlockRows);
        var sums = new float[blocks][];
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, block =>
        {
            var (sum, unit) = (new float[table.Dimension], new float[table.Dimension]);
            for (var row = block * BlockRows; row < Math.Min(table.Count, (block + 1) * BlockRows); row++)
            {
                if (table.CopyUnit(row, unit))
                {
                    add(row, unit, sum);
                }
            }

            sums[block] = sum;
        });
        var all = new float[table.Dimension];
        foreach (var sum in sums)
        {
            Add(all, sum, 1);
        }

        return all;
    }

    // Takes out the directions known already and brings the rest to length 1.
    private static void Clean(float[] direction, ReadOnlySpan<float[]> others)
    {
        foreach (var other in others)
        {
            Add(direction, other, -HalfRows.Dot(direction, other));
        }

        Scale(direction, 1 / Math.Max(MathF.Sqrt(HalfRows.Dot(direction, direction)), 1e-20f));
    }

    private static void Add(Span<float> sum, ReadOnlySpan<float> row, float factor)
    {
        var sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var rows = MemoryMarshal.Cast<float, Vector<float>>(row);
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += rows[i] * factor;
        }

        for (var i = sums.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += row[i] * factor;
        }
    }

    private static void Scale(Span<float> row, float factor)
    {
        foreach (ref var value in row)
        {
            value *= factor;
        }
    }
}
