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
