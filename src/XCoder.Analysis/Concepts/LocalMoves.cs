namespace XCoder.Analysis.Concepts;

/// <summary>
/// Moves nodes one by one to the cluster they gain most by, until none gains: Louvain's first phase (Blondel et al.
/// 2008) with the queue of Leiden's (Traag, Waltman and van Eck 2019). Each pair within a cluster is worth its excess
/// less <paramref name="penalty"/>, the constant Potts model (Traag, Van Dooren and Nesterov 2011) or correlation
/// clustering (Bansal, Blum and Chawla 2004), which has no resolution limit and does not chain.
/// </summary>
internal sealed class LocalMoves(ClusterLevel level, double penalty)
{
    // A move has to gain more than rounding could feign.
    private const double LeastGain = 1e-7;

    private readonly ClusterSums _sums = new(level.Count);
    private readonly long[] _sizes = new long[level.Count];
    private readonly Stack<int> _empty = new();
    private readonly bool[] _isWaiting = new bool[level.Count];

    /// <summary>Improves a partition; says whether a node moved.</summary>
    /// <param name="of">Cluster of each node, below the number of nodes; changed in place.</param>
    /// <param name="cancellation">Stops the moves.</param>
    public bool Run(int[] of, CancellationToken cancellation)
    {
        Array.Clear(_sizes);
        _empty.Clear();
        for (var node = 0; node < of.Length; node++)
        {
            _sizes[of[node]] += level.Sizes[node];
        }

        for (var cluster = of.Length - 1; cluster >= 0; cluster--)
        {
            if (_sizes[cluster] == 0)
            {
                _empty.Push(cluster);
            }
        }

        // A move changes what clusters are worth to nodes that are no neighbours too: the whole queue, until it is quiet.
        var hasMoved = false;
        while (Sweep(of, cancellation))
        {
            hasMoved = true;
        }

        return hasMoved;
    }

    private bool Sweep(int[] of, CancellationToken cancellation)
    {
        var waiting = new Queue<int>(Enumerable.Range(0, of.Length));
        Array.Fill(_isWaiting, true);
        var hasMoved = false;
        while (waiting.TryDequeue(out var node))
        {
            cancellation.ThrowIfCancellationRequested();
            _isWaiting[node] = false;
            if (!Move(node, of))
            {
                continue;
            }

            hasMoved = true;
            foreach (var other in level.Others(node))
            {
                if (of[other] != of[node] && !_isWaiting[other])
                {
                    _isWaiting[other] = true;
                    waiting.Enqueue(other);
                }
            }
        }

        return hasMoved;
    }

    private bool Move(int node, int[] of)
    {
        var others = level.Others(node);
        var excess = level.Excess(node);
        if (others.Length == 0)
        {
            return false;
        }

        _sums.Clear();
        for (var i = 0; i < others.Length; i++)
        {
            _sums.Add(of[others[i]], excess[i]);
        }

        var (own, size) = (of[node], level.Sizes[node]);
        _sizes[own] -= size;
        var (best, most) = (own, _sums[own] - (penalty * size * _sizes[own]) + LeastGain);
        foreach (var cluster in _sums.Touched)
        {
            var gain = _sums[cluster] - (penalty * size * _sizes[cluster]);
            if (gain > most)
            {
                (best, most) = (cluster, gain);
            }
        }

        if (most < 0 && _sizes[own] > 0)
        {
            best = _empty.Pop();
        }

        _sizes[best] += size;
        if (best == own)
        {
            return false;
        }

        if (_sizes[own] == 0)
        {
            _empty.Push(own);
        }

        of[node] = best;
        return true;
    }
}
