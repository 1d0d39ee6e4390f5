using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// Weighs the pairs of a few new nodes, and takes those of the others from a graph that lacks the new ones. The margins of the others
/// differ from those of a new graph by what the new nodes change in the neighbourhoods and in how rare terms are: little, where the new
/// nodes are few.
/// </summary>
internal static class MarginGraphUpdate
{
    /// <summary>Makes the graph of all nodes.</summary>
    /// <param name="old">The graph of the earlier nodes; further nodes behind them are left out.</param>
    /// <param name="oldNodeOf">For each node the earlier one, or -1 if it is new.</param>
    /// <param name="neighbours">Hits of each node.</param>
    /// <param name="lexical">Symmetric lexical similarity of two nodes, in [0, 1].</param>
    /// <param name="options">How margins are computed.</param>
    public static MarginGraph Run(MarginGraph old, ReadOnlySpan<int> oldNodeOf, NeighbourGraph neighbours,
        Func<int, int, float> lexical, MarginOptions options)
    {
        var edges = new List<(int A, int B, float Cosine, float Margin)>();
        var nodeOf = new Dictionary<int, int>();
        for (var node = 0; node < oldNodeOf.Length; node++)
        {
            if (oldNodeOf[node] >= 0)
            {
                nodeOf[oldNodeOf[node]] = node;
            }
        }

        foreach (var (before, node) in nodeOf)
        {
            foreach (var edge in old[before])
            {
                if (before < edge.Other && nodeOf.TryGetValue(edge.Other, out var other))
                {
                    edges.Add((node, other, edge.Cosine, edge.Margin));
                }
            }
        }

        var (surroundings, seen) = (new Dictionary<int, float>(), new HashSet<(int, int)>());
        for (var node = 0; node < oldNodeOf.Length; node++)
        {
            foreach (var hit in neighbours[node])
            {
                if ((oldNodeOf[node] < 0 || oldNodeOf[hit.Row] < 0) && seen.Add((Math.Min(node, hit.Row), Math.Max(node, hit.Row))))
                {
                    var margin = MarginGraphBuilder.Weigh(node, hit, lexical, options) - ((Around(node) + Around(hit.Row)) / 2);
                    if (margin >= options.LowestMargin)
                    {
                        edges.Add((node, hit.Row, hit.Cosine, margin));
                    }
                }
            }
        }

        return MarginGraph.Of(oldNodeOf.Length, edges);

        float Around(int node) => surroundings.TryGetValue(node, out var known) ? known
            : surroundings[node] = MarginGraphBuilder.Surroundings(neighbours[node], node, lexical, options);
    }
}
