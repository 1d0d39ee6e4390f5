namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// Near pairs weighted by their margin: cosine(a, b) - (r(a) + r(b)) / 2, where r is the mean cosine of a node with its
/// nearest neighbours (cross-domain similarity local scaling: Conneau et al., "Word translation without parallel
/// data", 2018; margin-based mining: Artetxe and Schwenk, 2019), plus a quarter of the same over lexical similarity.
/// What is near everything, like a getter, gets a low margin with each; a threshold on margins transfers between
/// corpora where one on cosines does not. Symmetric; immutable.
/// </summary>
public sealed class MarginGraph
{
    private readonly long[] _starts;
    private readonly MarginEdge[] _edges;

    internal MarginGraph(long[] starts, MarginEdge[] edges) => (_starts, _edges) = (starts, edges);

    /// <summary>A graph without nodes.</summary>
    public static MarginGraph Empty { get; } = new([0], []);

    /// <summary>Number of nodes.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Number of edges, each counted at both its nodes.</summary>
    public long EdgeCount => _edges.LongLength;

    /// <summary>The edges of a node, by the other node ascending.</summary>
    public ReadOnlySpan<MarginEdge> this[int node] => _edges.AsSpan((int)_starts[node], (int)(_starts[node + 1] - _starts[node]));

    /// <summary>Whether every edge leads to a node and every node has a part of the edges, as where the graph was not read from a file that was made up.</summary>
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

    /// <summary>Margin of two nodes, or null where they have no edge.</summary>
    public float? Margin(int a, int b)
    {
        var edges = this[a];
        var (low, high) = (0, edges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = edges[middle].Other < b ? (middle + 1, high) : (low, middle);
        }

        return low < edges.Length && edges[low].Other == b ? edges[low].Margin : null;
    }

    /// <summary>A graph of edges given once each.</summary>
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

    /// <summary>Two graphs side by side: nodes of the second are numbered after those of the first.</summary>
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

    /// <summary>Where rows start, summed up in place, with room for all.</summary>
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
