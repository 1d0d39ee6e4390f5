using System.Runtime.InteropServices;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Search;
using XCoder.Analysis.Vectors.Umap;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Builds the map of a workspace: reads the vectors of its semantic index, lays them out in the plane, and attaches the
/// snippets.
/// </summary>
internal static class MapAnalysis
{
    /// <summary>Builds the map.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="index">Semantic index of the workspace.</param>
    /// <param name="concepts">Concepts over the nodes of the index; null if there are none.</param>
    /// <param name="options">Largest number of points, and threads.</param>
    /// <param name="progress">Receives the current step and how far it is.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>The map; nodes whose vector or snippet is no longer in the store are left out.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static MapData Run(WorkspaceFolder workspace, SemanticIndex index, IReadOnlyList<Concept>? concepts, MapOptions options,
        IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        using var store = workspace.OpenStore();
        using var snapshot = store.Snapshot();
        progress?.Report(new StageProgress("reading vectors", 0, Math.Min(index.Nodes.Count, options.MaxPoints)));
        var nodes = Sample(index.Nodes, options.MaxPoints);
        var table = Vectors(store, index.Nodes, ref nodes, cancellation);
        var settings = new UmapOptions { Threads = options.Threads };

        // A sample contains hardly any edge of the whole graph, so compute neighbours within the sample.
        var places = nodes.Length == index.Nodes.Count
            ? UmapLayout.Of(index.Graph, table, settings, Told("drawing the map"), cancellation)
            : UmapLayout.Of(UmapNeighbours.Of(table, settings, Told("comparing points of the map"), cancellation), table, settings,
                Told("drawing the map"), cancellation);
        return new MapData { Points = Points(store, index.Nodes, nodes, places, concepts ?? []),
            Concepts = [.. (concepts ?? []).Select(concept => concept.Label)], All = index.Nodes.Count };

        IProgress<(long Done, long All)>? Told(string step) => progress is null ? null : new StageCount(step, progress);
    }

    // Takes the nodes with the lowest hashes, so that a later run shows mostly the same ones.
    private static int[] Sample(SemanticNodes nodes, int most) => nodes.Count <= most
        ? [.. Enumerable.Range(0, nodes.Count)]
        : [.. Enumerable.Range(0, nodes.Count).OrderBy(node => (nodes.Content[node] ^ nodes.Language[node]) * 0x9E3779B97F4A7C15)
            .ThenBy(node => node).Take(most).Order()];

    private static VectorTable Vectors(SnippetStore store, SemanticNodes nodes, ref int[] shown, CancellationToken cancellation)
    {
        var vectors = store.Vectors(shown.Select(node => nodes.Embedding[node]));
        cancellation.ThrowIfCancellationRequested();
        shown = Array.FindAll(shown, node => vectors.ContainsKey(nodes.Embedding[node]));
        var table = new VectorTable(shown.Length == 0 ? 1 : vectors[nodes.Embedding[shown[0]]].Length / 2, isHalf: true);
        foreach (var node in shown)
        {
            table.Add(MemoryMarshal.Cast<byte, Half>(vectors[nodes.Embedding[node]]));
        }

        return table;
    }

    private static List<MapPoint> Points(SnippetStore store, SemanticNodes nodes, int[] shown, float[] places,
        IReadOnlyList<Concept> concepts)
    {
        var conceptOf = new Dictionary<int, int>();
        for (var concept = 0; concept < concepts.Count; concept++)
        {
            foreach (var member in concepts[concept].Members)
            {
                conceptOf[member] = concept;
            }
        }

        var snippets = store.Snippets(shown.Select(nodes.First));
        var points = new List<MapPoint>(shown.Length);
        for (var i = 0; i < shown.Length; i++)
        {
            if (snippets.TryGetValue(nodes.First(shown[i]), out var snippet))
            {
                points.Add(new MapPoint(snippet, places[2 * i], places[(2 * i) + 1], conceptOf.GetValueOrDefault(shown[i], -1)));
            }
        }

        return points;
    }
}

/// <summary>Options of a map.</summary>
internal sealed record MapOptions
{
    /// <summary>
    /// Most points, 1 or more. If there are more nodes, the map shows an even sample of them, which changes only
    /// when the code does. Default 50,000.
    /// </summary>
    public int MaxPoints { get; init; } = 50_000;

    /// <summary>Threads to work with, 1 or more; the map does not depend on their number. Default 1.</summary>
    public int Threads { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}

/// <summary>Snippets in the plane; snippets that lie near each other behave similarly.</summary>
public sealed record MapData
{
    /// <summary>The points, in any order.</summary>
    public required IReadOnlyList<MapPoint> Points { get; init; }

    /// <summary>Labels of the concepts, indexed by <see cref="MapPoint.Concept"/>. Default none.</summary>
    public IReadOnlyList<string> Concepts { get; init; } = [];

    /// <summary>Number of distinct contents in the workspace. The points are all of them or an even sample.</summary>
    public required int All { get; init; }
}

/// <summary>A point of a map, which is one distinct content.</summary>
/// <param name="Snippet">The snippet that represents it.</param>
/// <param name="X">Position to the right, without a unit.</param>
/// <param name="Y">Position upwards, on the same scale.</param>
/// <param name="Concept">Index of its concept in <see cref="MapData.Concepts"/>, or -1.</param>
public sealed record MapPoint(Snippet Snippet, float X, float Y, int Concept = -1);

/// <summary>Computes neighbours for a layout without a graph: projects rows onto a few principal axes and compares all pairs.</summary>
internal static class UmapNeighbours
{
    private const int Axes = 128;

    /// <summary>
    /// Finds the nearest rows of every row by approximate cosines, which takes a quarter of the work at 512 numbers per
    /// row.
    /// </summary>
    /// <param name="table">The rows, up to some ten thousands.</param>
    /// <param name="options">Number of neighbours, and threads.</param>
    /// <param name="progress">Receives the work done and the total.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static NeighbourGraph Of(VectorTable table, UmapOptions options, IProgress<(long Done, long All)>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Validated();
        var axes = PrincipalAxes.Learn(table, Axes, options.Seed, cancellation);
        int[] rows = [.. Enumerable.Range(0, table.Count)];
        var projected = ProjectedRows.Of(table, rows, axes, options.Threads, new WorkProgress(null, rows.Length), cancellation);
        var settings = new NeighbourGraphOptions { Neighbours = options.Neighbours, PerLabel = 0, Floor = -1, ExactRows = int.MaxValue,
            Threads = options.Threads };
        return NeighbourGraphs.Build(VectorTable.Over(projected.AsMemory(0, rows.Length * axes.Count), axes.Count), new byte[rows.Length],
            settings, progress, cancellation);
    }
}
