namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// An undirected graph with weighted edges, stored as consecutive neighbour lists (compressed sparse rows). Immutable;
/// several threads may read it. A <see cref="WeightedGraphBuilder"/> builds it.
/// </summary>
internal sealed class WeightedGraph
{
    private readonly int[] _starts;
    private readonly WeightedEdge[] _edges;

    internal WeightedGraph(int[] starts, WeightedEdge[] edges) => (_starts, _edges) = (starts, edges);

    /// <summary>Number of nodes; they are numbered from 0.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Edges of a node, by the other end ascending.</summary>
    public ReadOnlySpan<WeightedEdge> this[int node] => _edges.AsSpan(_starts[node].._starts[node + 1]);
}

/// <summary>An edge of a <see cref="WeightedGraph"/>, seen from one of its ends.</summary>
/// <param name="Other">Number of the node at the other end.</param>
/// <param name="Weight">Weight of the edge, finite; the higher it is, the nearer the two nodes are.</param>
internal readonly record struct WeightedEdge(int Other, float Weight);

/// <summary>
/// Collects edges and builds a graph. The order of the edges does not matter; of several edges between the same two
/// nodes the heaviest is kept. Needs 12 bytes per edge while it collects and 28 more while it builds.
/// </summary>
/// <param name="count">Number of nodes, 0 or more.</param>
internal sealed class WeightedGraphBuilder(int count)
{
    private readonly List<(int A, int B, float Weight)> _edges = [];

    /// <summary>Adds an edge; the order of its ends does not matter.</summary>
    /// <param name="a">One end, in [0, count).</param>
    /// <param name="b">The other end, in [0, count), not <paramref name="a"/>.</param>
    /// <param name="weight">Weight, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not a node, both ends are the same, or the weight is not finite.</exception>
    public void Add(int a, int b, float weight)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)a, (uint)count, nameof(a));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)b, (uint)count, nameof(b));
        ArgumentOutOfRangeException.ThrowIfEqual(b, a);
        if (!float.IsFinite(weight))
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "The weight must be finite.");
        }

        _edges.Add((a, b, weight));
    }

    /// <summary>Builds the graph from the edges added so far.</summary>
    public WeightedGraph Build()
    {
        var starts = new int[count + 1];
        foreach (var (a, b, _) in _edges)
        {
            starts[a + 1]++;
            starts[b + 1]++;
        }

        for (var node = 0; node < count; node++)
        {
            starts[node + 1] = checked(starts[node + 1] + starts[node]);
        }

        var edges = new WeightedEdge[starts[count]];
        var next = starts.AsSpan(0, count).ToArray();
        foreach (var (a, b, weight) in _edges)
        {
            edges[next[a]++] = new(b, weight);
            edges[next[b]++] = new(a, weight);
        }

        return WithoutRepeats(starts, edges);
    }

    private static WeightedGraph WithoutRepeats(int[] starts, WeightedEdge[] edges)
    {
        var kept = 0;
        for (int node = 0, begin = 0; node < starts.Length - 1; node++)
        {
            var row = edges.AsSpan(begin..starts[node + 1]);
            begin = starts[node + 1];
            row.Sort(static (x, y) => x.Other != y.Other ? x.Other.CompareTo(y.Other) : y.Weight.CompareTo(x.Weight));
            var last = -1;
            foreach (var edge in row)
            {
                if (edge.Other != last)
                {
                    edges[kept++] = edge;
                    last = edge.Other;
                }
            }

            starts[node + 1] = kept;
        }

        Array.Resize(ref edges, kept);
        return new WeightedGraph(starts, edges);
    }
}
