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
    public static float[] Of(NeighbourGraph graph, VectorTable table, UmapOptions? options = null, IProgress<(long Done, long All)>? progress = null, CancellationToken cancellation = default)
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
    public static float[] Of(MarginGraph graph, VectorTable table, UmapOptions? options = null, IProgress<(long Done, long All)>? progress = null, CancellationToken cancellation = default)
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

    private static float[] Move(UmapEdges edges, VectorTable table, UmapOptions options, IProgress<(long Done, long All)>? progress, CancellationToken cancellation)
    {
        var places = UmapAxes.Project(table, options.Threads, cancellation);
        UmapForces.Scale(places);
        new UmapForces(edges, options).Run(places, progress, cancellation);
        return places;
    }
}
