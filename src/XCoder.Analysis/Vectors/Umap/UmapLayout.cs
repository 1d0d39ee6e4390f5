using System.Numerics;
using System.Runtime.InteropServices;
using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Umap;

/// <summary>
/// Places the nodes of a graph in the plane so that near nodes lie together: UMAP's forces (McInnes, Healy and
/// Melville, "UMAP: Uniform Manifold Approximation and Projection", 2018) with the kernel 1 / (1 + d²), starting from
/// the two principal axes. Distances within a group are meaningful, those between distant groups hardly so. The result
/// is deterministic for every number of threads.
/// </summary>
internal static class UmapLayout
{
    /// <summary>Lays out the rows of a table by cosine.</summary>
    /// <param name="graph">Nearest neighbours of every row.</param>
    /// <param name="table">The rows; their principal axes give the initial places.</param>
    /// <param name="options">Options; null uses the defaults.</param>
    /// <param name="progress">Receives the number of rounds done and the total.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>[rows, 2]: x and y about the origin, without a unit.</returns>
    /// <exception cref="ArgumentException">Graph and table differ in size.</exception>
    public static float[] Of(NeighbourGraph graph, VectorTable table, UmapOptions? options = null,
        IProgress<(long Done, long All)>? progress = null, CancellationToken cancellation = default)
    {
        Check(graph.Count, table);
        var settings = (options ?? new UmapOptions()).Validated();
        var edges = UmapEdges.Of(graph.Count, row => [.. graph[row].ToArray().Select(hit => (hit.Row, hit.Cosine))], settings);
        return Move(edges, table, settings, progress, cancellation);
    }

    /// <summary>Lays out the nodes of a graph by margin.</summary>
    /// <param name="graph">Near pairs with their margins.</param>
    /// <param name="table">One row per node; its principal axes give the initial places.</param>
    /// <param name="options">Options; null uses the defaults.</param>
    /// <param name="progress">Receives the number of rounds done and the total.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>[nodes, 2]: x and y about the origin, without a unit.</returns>
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

/// <summary>Options of a <see cref="UmapLayout"/>. The defaults were measured: tests/XCoder.Benchmarks/RESULTS.md.</summary>
internal sealed record UmapOptions
{
    /// <summary>Nearest neighbours that attract a node; nodes of which it is a nearest neighbour attract it, too. Default 15.</summary>
    public int Neighbours { get; init; } = 15;

    /// <summary>Rounds of movement; steps shrink linearly to 0. Default 200.</summary>
    public int Rounds { get; init; } = 200;

    /// <summary>
    /// Randomly drawn nodes that repel a node in every round, per unit of its edges' total weight. Default 5, range (0,
    /// 100].
    /// </summary>
    public double Repulsion { get; init; } = 5;

    /// <summary>Seed of the random draws. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Threads to work with; the layout does not depend on their number. Default 1.</summary>
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
/// Projects rows onto the two directions in which they vary most about their mean (principal components). It uses power
/// iteration over the rows themselves, which for two axes is cheaper than computing their moments. Sums are taken block
/// by block in a fixed order.
/// </summary>
internal static class UmapAxes
{
    private const int Rounds = 24;
    private const int BlockRows = 1024;

    /// <summary>Returns [rows, 2].</summary>
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

    // Removes the directions already found and normalises the rest to length 1.
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
