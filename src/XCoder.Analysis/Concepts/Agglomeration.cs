using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Average linkage over all pairs, those without an edge included, until no two clusters' mean pair reaches the
/// threshold. Pairs of clusters that are each other's best merge at once, which gives the same tree as always merging
/// the best pair (reciprocal agglomeration, Sumengen et al. 2021) and does not depend on the order of the nodes: what
/// changes elsewhere in the graph changes no cluster here.
/// </summary>
internal sealed class Agglomeration
{
    private readonly ClusterLevel _level;
    private readonly double _penalty;
    private readonly int[] _root;
    private readonly int[] _best;
    private readonly long[] _sizes;
    private readonly bool[] _isActive;
    private readonly ClusterSums _sums;

    // Rows of clusters that changed; the others are rows of the level.
    private readonly (int[] Others, float[] Excess)?[] _rows;
    private List<int> _active;

    /// <param name="level">Single nodes.</param>
    /// <param name="penalty">What the excess of two clusters' mean pair has to reach.</param>
    public Agglomeration(ClusterLevel level, double penalty)
    {
        (_level, _penalty) = (level, penalty);
        _root = [.. Enumerable.Range(0, level.Count)];
        _best = new int[level.Count];
        _sizes = new long[level.Count];
        Array.Fill(_sizes, 1);
        _isActive = new bool[level.Count];
        _sums = new ClusterSums(level.Count);
        _rows = new (int[], float[])?[level.Count];
        _active = [.. _root];
    }

    /// <summary>Cluster of each node: the number of one of its nodes.</summary>
    public int[] Run(CancellationToken cancellation)
    {
        while (_active.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var cluster in _active)
            {
                Refresh(cluster);
            }

            MergeBest();
        }

        for (var node = 0; node < _root.Length; node++)
        {
            _root[node] = Root(node);
        }

        return _root;
    }

    // Sums up the row of a cluster by the clusters of now, and finds the best of them.
    private void Refresh(int cluster)
    {
        var others = Others(cluster);
        var excess = Excess(cluster);
        _sums.Clear();
        for (var i = 0; i < others.Length; i++)
        {
            if (Root(others[i]) is var other && other != cluster)
            {
                _sums.Add(other, excess[i]);
            }
        }

        var (best, highest) = (-1, _penalty);
        foreach (var other in _sums.Touched)
        {
            var mean = _sums[other] / (_sizes[cluster] * _sizes[other]);
            if (mean > highest || (mean == highest && IsBefore(cluster, other, best)))
            {
                (best, highest) = (other, mean);
            }
        }

        _best[cluster] = best;
        if (_sums.Touched.Length < others.Length)
        {
            var clusters = _sums.Touched.ToArray();
            _rows[cluster] = (clusters, Array.ConvertAll(clusters, other => (float)_sums[other]));
        }
    }

    // All pairs are in one order, so that among equals too some two are each other's best.
    private static bool IsBefore(int cluster, int other, int best) =>
        best < 0 || (Math.Min(cluster, other), Math.Max(cluster, other)).CompareTo((Math.Min(cluster, best), Math.Max(cluster, best))) < 0;

    private void MergeBest()
    {
        var pairs = new List<(int A, int B)>();
        foreach (var cluster in _active)
        {
            if (_best[cluster] is var other and >= 0 && _best[other] == cluster)
            {
                pairs.Add((Math.Min(cluster, other), Math.Max(cluster, other)));
                _best[cluster] = -1;
            }
        }

        var next = new List<int>();
        foreach (var (a, b) in pairs)
        {
            _rows[a] = ([.. Others(a), .. Others(b)], [.. Excess(a), .. Excess(b)]);
            _rows[b] = null;
            _root[b] = a;
            _sizes[a] += _sizes[b];
        }

        // A merged cluster is to nobody nearer than the nearer of its parts was: who was nearer to others stays so.
        foreach (var (a, b) in pairs)
        {
            Activate(a, next);
            foreach (var other in _rows[a]!.Value.Others)
            {
                if (Root(other) is var cluster && (_best[cluster] == a || _best[cluster] == b))
                {
                    Activate(cluster, next);
                }
            }
        }

        next.ForEach(cluster => _isActive[cluster] = false);
        _active = next;
    }

    private void Activate(int cluster, List<int> next)
    {
        if (!_isActive[cluster])
        {
            _isActive[cluster] = true;
            next.Add(cluster);
        }
    }

    private ReadOnlySpan<int> Others(int cluster) => _rows[cluster] is { } row ? row.Others : _level.Others(cluster);

    private ReadOnlySpan<float> Excess(int cluster) => _rows[cluster] is { } row ? row.Excess : _level.Excess(cluster);

    private int Root(int node)
    {
        while (_root[node] != node)
        {
            node = _root[node] = _root[_root[node]];
        }

        return node;
    }
}

/// <summary>
/// A graph whose nodes stand for sets of the first graph's nodes: their sizes, and between any two of them the sum of
/// what the edges are worth above a pair without one.
/// </summary>
internal sealed class ClusterLevel(int[] starts, int[] others, float[] excess, int[] sizes)
{
    // Worths are whole multiples of 1/4096, so that sums of them do not depend on their order.
    private const float Steps = 4096;

    public int Count => sizes.Length;

    /// <summary>Nodes of the first graph in a node.</summary>
    public ReadOnlySpan<int> Sizes => sizes;

    public ReadOnlySpan<int> Others(int node) => others.AsSpan(starts[node]..starts[node + 1]);

    /// <summary>Worth of the edges to <see cref="Others"/>, in the same order, above 0.</summary>
    public ReadOnlySpan<float> Excess(int node) => excess.AsSpan(starts[node]..starts[node + 1]);

    /// <summary>The level of single nodes.</summary>
    public static ClusterLevel Of(WeightedGraph graph, float missing)
    {
        var starts = new int[graph.Count + 1];
        for (var node = 0; node < graph.Count; node++)
        {
            var kept = starts[node];
            foreach (var edge in graph[node])
            {
                kept += edge.Weight > missing ? 1 : 0;
            }

            starts[node + 1] = kept;
        }

        var (others, excess, at) = (new int[starts[^1]], new float[starts[^1]], 0);
        for (var node = 0; node < graph.Count; node++)
        {
            foreach (var edge in graph[node])
            {
                if (edge.Weight > missing)
                {
                    others[at] = edge.Other;
                    excess[at++] = MathF.Max(1, MathF.Round((edge.Weight - missing) * Steps)) / Steps;
                }
            }
        }

        var sizes = new int[graph.Count];
        Array.Fill(sizes, 1);
        return new ClusterLevel(starts, others, excess, sizes);
    }

    /// <summary>The level above: one node a cluster.</summary>
    /// <param name="of">Cluster of each node, below <paramref name="clusters"/>.</param>
    /// <param name="clusters">Number of clusters.</param>
    public ClusterLevel Aggregate(int[] of, int clusters)
    {
        var members = new ClusterMembers(of, clusters);
        var (upperStarts, upperSizes) = (new int[clusters + 1], new int[clusters]);
        var (upperOthers, upperExcess) = (new List<int>(), new List<float>());
        var sums = new ClusterSums(clusters);
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            sums.Clear();
            foreach (var node in members[cluster])
            {
                upperSizes[cluster] += sizes[node];
                for (var i = starts[node]; i < starts[node + 1]; i++)
                {
                    if (of[others[i]] != cluster)
                    {
                        sums.Add(of[others[i]], excess[i]);
                    }
                }
            }

            foreach (var other in sums.Touched)
            {
                upperOthers.Add(other);
                upperExcess.Add((float)sums[other]);
            }

            upperStarts[cluster + 1] = upperOthers.Count;
        }

        return new ClusterLevel(upperStarts, [.. upperOthers], [.. upperExcess], upperSizes);
    }
}

/// <summary>A sum a cluster, cleared in the time that filling it took.</summary>
internal sealed class ClusterSums(int clusters)
{
    private readonly double[] _sums = new double[clusters];
    private readonly int[] _touched = new int[clusters];
    private readonly bool[] _isTouched = new bool[clusters];
    private int _count;

    /// <summary>Clusters that something was added to, in the order of the first time.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _count);

    public double this[int cluster] => _sums[cluster];

    public void Add(int cluster, float value)
    {
        if (!_isTouched[cluster])
        {
            _isTouched[cluster] = true;
            _touched[_count++] = cluster;
        }

        _sums[cluster] += value;
    }

    public void Clear()
    {
        foreach (var cluster in Touched)
        {
            (_sums[cluster], _isTouched[cluster]) = (0, false);
        }

        _count = 0;
    }
}

/// <summary>Nodes by cluster, ascending within each.</summary>
internal sealed class ClusterMembers
{
    private readonly int[] _starts;
    private readonly int[] _nodes;

    /// <param name="of">Cluster of each node, below <paramref name="clusters"/>; nodes below 0 are left out.</param>
    /// <param name="clusters">Number of clusters.</param>
    public ClusterMembers(ReadOnlySpan<int> of, int clusters)
    {
        _starts = new int[clusters + 1];
        foreach (var cluster in of)
        {
            if (cluster >= 0)
            {
                _starts[cluster + 1]++;
            }
        }

        for (var cluster = 0; cluster < clusters; cluster++)
        {
            _starts[cluster + 1] += _starts[cluster];
        }

        _nodes = new int[_starts[clusters]];
        var next = _starts.AsSpan(0, clusters).ToArray();
        for (var node = 0; node < of.Length; node++)
        {
            if (of[node] >= 0)
            {
                _nodes[next[of[node]]++] = node;
            }
        }
    }

    public ReadOnlySpan<int> this[int cluster] => _nodes.AsSpan(_starts[cluster].._starts[cluster + 1]);
}
