using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>Makes a <see cref="MarginGraph"/> of nearest neighbours.</summary>
internal static class MarginGraphBuilder
{
    /// <summary>Weighs each pair of which one is among the other's neighbours.</summary>
    /// <param name="neighbours">Hits of each node, best first; at least <see cref="MarginOptions.Surroundings"/> of them where there are so many near enough.</param>
    /// <param name="lexical">Symmetric lexical similarity of two nodes, in [0, 1]; null where there is none. Called by several threads.</param>
    /// <param name="options">How margins are computed.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static MarginGraph Build(NeighbourGraph neighbours, Func<int, int, float>? lexical, MarginOptions options, CancellationToken cancellation = default)
    {
        var count = neighbours.Count;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        var surroundings = new float[count];
        Parallel.For(0, count, parallel, node => surroundings[node] = Surroundings(neighbours[node], node, lexical, options));

        // Pairs are weighed once, where they stand first; then each is put down at both its nodes.
        var weighed = new (MarginEdge[] Edges, int Count)[count];
        Parallel.For(0, count, parallel, () => new List<MarginEdge>(), (node, _, found) =>
        {
            found.Clear();
            foreach (var hit in neighbours[node])
            {
                if (node < hit.Row || !Holds(neighbours[hit.Row], node))
                {
                    var margin = Weigh(node, hit, lexical, options) - ((surroundings[node] + surroundings[hit.Row]) / 2);
                    if (margin >= options.LowestMargin)
                    {
                        found.Add(new MarginEdge(hit.Row, hit.Cosine, margin));
                    }
                }
            }

            weighed[node] = ([.. found], found.Count);
            return found;
        }, static _ => { });

        var starts = new long[count + 1];
        for (var node = 0; node < count; node++)
        {
            starts[node + 1] += weighed[node].Count;
            foreach (var edge in weighed[node].Edges)
            {
                starts[edge.Other + 1]++;
            }
        }

        var (rows, next) = MarginGraph.Lay(starts);
        for (var node = 0; node < count; node++)
        {
            foreach (var edge in weighed[node].Edges)
            {
                rows[next[node]++] = edge;
                rows[next[edge.Other]++] = edge with { Other = node };
            }

            weighed[node] = default;
        }

        return MarginGraph.Sorted(starts, rows, options.Threads);
    }

    private static float Weigh(int node, SearchHit hit, Func<int, int, float>? lexical, MarginOptions options) =>
        hit.Cosine + (lexical is null ? 0 : options.LexicalWeight * lexical(node, hit.Row));

    private static float Surroundings(ReadOnlySpan<SearchHit> hits, int node, Func<int, int, float>? lexical, MarginOptions options)
    {
        var near = Math.Min(hits.Length, options.Surroundings);
        var sum = (double)options.Floor * (options.Surroundings - near);
        for (var i = 0; i < near; i++)
        {
            sum += Weigh(node, hits[i], lexical, options);
        }

        return (float)(sum / options.Surroundings);
    }

    private static bool Holds(ReadOnlySpan<SearchHit> hits, int node)
    {
        foreach (var hit in hits)
        {
            if (hit.Row == node)
            {
                return true;
            }
        }

        return false;
    }
}
