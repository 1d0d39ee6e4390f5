using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// Near pairs weighted by their margin: cosine(a, b) - (r(a) + r(b)) / 2, where r is the mean cosine of a node with its
/// nearest neighbours (cross-domain similarity local scaling: Conneau et al., "Word translation without parallel data",
/// 2018; margin-based mining: Artetxe and Schwenk, 2019), plus a quarter of the same margin over lexical similarity. A
/// snippet that is near everything, such as a getter, gets a low margin with every other snippet. A threshold on
/// margins transfers between corpora; one on cosines does not. Symmetric; immutable.
/// </summary>
public sealed class MarginGraph
{
    private readonly long[] _starts;
    private readonly MarginEdge[] _edges;

    internal MarginGraph(long[] starts, MarginEdge[] edges) => (_starts, _edges) = (starts, edges);

    /// <summary>Number of nodes.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Number of edges, each counted twice: once at each of its nodes.</summary>
    public long EdgeCount => _edges.LongLength;

    /// <summary>The edges of a node, ordered by the other node.</summary>
    public ReadOnlySpan<MarginEdge> this[int node] => _edges.AsSpan((int)_starts[node], (int)(_starts[node + 1] - _starts[node]));

    /// <summary>
    /// Whether every edge leads to an existing node and the nodes' ranges of edges are in order. A graph read from a
    /// forged file may not be sound.
    /// </summary>
    internal bool IsSound
    {
        get
        {
            for (var node = 0; node < Count; node++)
            {
                if (_starts[node] > _starts[node + 1])
                {
                    return false;
                }
            }

            return _starts[0] == 0 && _starts[^1] == _edges.LongLength && Array.TrueForAll(_edges, edge => (uint)edge.Other < Count);
        }
    }

    internal ReadOnlySpan<long> Starts => _starts;

    internal ReadOnlySpan<MarginEdge> Edges => _edges;

    /// <summary>Edge from one node to another, or null where they have none.</summary>
    internal MarginEdge? Edge(int a, int b)
    {
        var edges = this[a];
        var (low, high) = (0, edges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = edges[middle].Other < b ? (middle + 1, high) : (low, middle);
        }

        return low < edges.Length && edges[low].Other == b ? edges[low] : null;
    }

    /// <summary>Builds a graph from edges that are each given once.</summary>
    /// <param name="count">Number of nodes.</param>
    /// <param name="edges">(one node, the other, cosine, margin), no pair twice.</param>
    public static MarginGraph Of(int count, IReadOnlyCollection<(int A, int B, float Cosine, float Margin)> edges)
    {
        var starts = new long[count + 1];
        foreach (var (a, b, _, _) in edges)
        {
            starts[a + 1]++;
            starts[b + 1]++;
        }

        var (rows, next) = Lay(starts);
        foreach (var (a, b, cosine, margin) in edges)
        {
            rows[next[a]++] = new MarginEdge(b, cosine, margin);
            rows[next[b]++] = new MarginEdge(a, cosine, margin);
        }

        return Sorted(starts, rows, 1);
    }

    /// <summary>Joins two graphs: the nodes of the second are numbered after those of the first.</summary>
    public static MarginGraph Join(MarginGraph first, MarginGraph second)
    {
        var edges = new MarginEdge[first._edges.Length + second._edges.Length];
        first._edges.CopyTo(edges, 0);
        for (var i = 0; i < second._edges.Length; i++)
        {
            edges[first._edges.Length + i] = second._edges[i] with { Other = second._edges[i].Other + first.Count };
        }

        return new MarginGraph([.. first._starts, .. second._starts.Skip(1).Select(start => start + first._edges.Length)], edges);
    }

    /// <summary>Turns edge counts into starting positions, in place, and allocates the edges.</summary>
    internal static (MarginEdge[] Rows, long[] Next) Lay(long[] starts)
    {
        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        return (new MarginEdge[starts[^1]], starts[..^1]);
    }

    internal static MarginGraph Sorted(long[] starts, MarginEdge[] rows, int threads)
    {
        Parallel.For(0, starts.Length - 1, new ParallelOptions { MaxDegreeOfParallelism = threads }, node =>
            rows.AsSpan((int)starts[node], (int)(starts[node + 1] - starts[node])).Sort(static (a, b) => a.Other.CompareTo(b.Other)));
        return new MarginGraph(starts, rows);
    }
}

/// <summary>An edge of a <see cref="MarginGraph"/>.</summary>
/// <param name="Other">The other node.</param>
/// <param name="Cosine">Cosine of the two vectors, in [-1, 1].</param>
/// <param name="Margin">
/// How far the pair's similarity exceeds that of both nodes' neighbourhoods; see <see cref="MarginGraph"/>. Mostly in
/// [-0.5, 1].
/// </param>
public readonly record struct MarginEdge(int Other, float Cosine, float Margin);

/// <summary>Builds a <see cref="MarginGraph"/> from nearest neighbours.</summary>
internal static class MarginGraphBuilder
{
    /// <summary>Weighs each pair of which one node is among the other's neighbours.</summary>
    /// <param name="neighbours">
    /// Hits of each node, best first; at least <see cref="MarginOptions.Surroundings"/> of them where so many are above
    /// the floor.
    /// </param>
    /// <param name="lexical">
    /// Symmetric lexical similarity of two nodes, in [0, 1]; null to use cosines alone. Several threads call it at
    /// once.
    /// </param>
    /// <param name="options">How margins are computed.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static MarginGraph Build(NeighbourGraph neighbours, Func<int, int, float>? lexical, MarginOptions options,
        CancellationToken cancellation = default)
    {
        var count = neighbours.Count;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        var surroundings = new float[count];
        Parallel.For(0, count, parallel, node => surroundings[node] = Surroundings(neighbours[node], node, lexical, options));

        // Each pair is weighed once, at the node that comes first, and then stored at both nodes.
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

    internal static float Weigh(int node, SearchHit hit, Func<int, int, float>? lexical, MarginOptions options) =>
        hit.Cosine + (lexical is null ? 0 : options.LexicalWeight * lexical(node, hit.Row));

    internal static float Surroundings(ReadOnlySpan<SearchHit> hits, int node, Func<int, int, float>? lexical, MarginOptions options)
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

/// <summary>Options of margins. The defaults were measured; thresholds on margins are valid only for them.</summary>
internal sealed record MarginOptions
{
    /// <summary>Number of nearest neighbours whose mean similarity is subtracted (r in <see cref="MarginGraph"/>). Default 30.</summary>
    public int Surroundings { get; init; } = 30;

    /// <summary>Weight of the lexical margin beside the cosine's. Default 0.25.</summary>
    public float LexicalWeight { get; init; } = 0.25f;

    /// <summary>Cosine assumed for each neighbour that is too far to be in the graph. Default 0.3, the graph's floor.</summary>
    public float Floor { get; init; } = 0.3f;

    /// <summary>Edges with a lower margin are dropped. Default -0.2.</summary>
    public float LowestMargin { get; init; } = -0.2f;

    /// <summary>Threads to work with. Default 1.</summary>
    public int Threads { get; init; } = 1;
}
