using System.Runtime.InteropServices;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Search;
using XCoder.Analysis.Vectors.Umap;

namespace XCoder.Analysis.Concepts;

/// <summary>Makes the map of a workspace: reads vectors of its semantic index, lays them out, names the points.</summary>
internal static class MapAnalysis
{
    /// <summary>Makes the map.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="index">Its semantic index.</param>
    /// <param name="concepts">Concepts over the nodes of the index; null where there are none.</param>
    /// <param name="options">Limits and threads.</param>
    /// <param name="progress">Told what is done and how far it is.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The map; nodes whose vector or snippet is gone from the store are left out.</returns>
    /// <exception cref="StoreException">The store failed.</exception>
    public static MapData Run(WorkspaceFolder workspace, SemanticIndex index, IReadOnlyList<Concept>? concepts, MapOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        using var store = workspace.OpenStore();
        using var snapshot = store.Snapshot();
        progress?.Report(new StageProgress("reading vectors", 0, Math.Min(index.Nodes.Count, options.MaxPoints)));
        var nodes = Sample(index.Nodes, options.MaxPoints);
        var table = Vectors(store, index.Nodes, ref nodes, cancellation);
        var settings = new UmapOptions { Threads = options.Threads };

        // A sample has hardly an edge of the whole left: its own are looked for.
        var places = nodes.Length == index.Nodes.Count
            ? UmapLayout.Of(index.Graph, table, settings, Told("drawing the map"), cancellation)
            : UmapLayout.Of(UmapNeighbours.Of(table, settings, Told("comparing points of the map"), cancellation), table, settings, Told("drawing the map"), cancellation);
        return new MapData { Points = Points(store, index.Nodes, nodes, places, concepts ?? []), Concepts = [.. (concepts ?? []).Select(concept => concept.Label)], All = index.Nodes.Count };

        IProgress<(long Done, long All)>? Told(string step) => progress is null ? null : new StageCount(step, progress);
    }

    // Those with the lowest hashes: a run later mostly the same.
    private static int[] Sample(SemanticNodes nodes, int most) => nodes.Count <= most
        ? [.. Enumerable.Range(0, nodes.Count)]
        : [.. Enumerable.Range(0, nodes.Count).OrderBy(node => (nodes.Content[node] ^ nodes.Language[node]) * 0x9E3779B97F4A7C15).ThenBy(node => node).Take(most).Order()];

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

    private static List<MapPoint> Points(SnippetStore store, SemanticNodes nodes, int[] shown, float[] places, IReadOnlyList<Concept> concepts)
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
