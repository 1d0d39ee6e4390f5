using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Finds concepts: clusters of a graph of margins in which the mean margin over all pairs, with or without an edge,
/// exceeds a threshold. Every member is therefore linked to a share of the others, and chains cannot form. Average
/// linkage comes first. Then moves of nodes and of whole clusters (Louvain, Blondel et al. 2008) raise the sum of
/// margins above the threshold within clusters, which is the constant Potts model (Traag, Van Dooren and Nesterov
/// 2011). Single-threaded; the same graph and options give the same clusters. For the choice of this algorithm see
/// tests/XCoder.Benchmarks/RESULTS.md.
/// </summary>
internal sealed class ConceptFinder
{
    private readonly ConceptOptions _options;

    /// <summary>Creates a finder and validates its options.</summary>
    /// <param name="options">Options; null uses the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public ConceptFinder(ConceptOptions? options = null)
    {
        _options = options ?? new ConceptOptions();
        _options.Validate();
    }

    /// <summary>Clusters a graph.</summary>
    /// <param name="graph">A graph whose nodes are distinct contents and whose weights are margins.</param>
    /// <param name="languages">A non-negative language number per node; may be empty if concepts need only one language.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="ArgumentException">
    /// The number of languages is neither 0 nor the number of nodes, or languages are needed and missing.
    /// </exception>
    public ConceptClusters Find(WeightedGraph graph, ReadOnlySpan<int> languages = default, CancellationToken cancellation = default)
    {
        if (languages.Length != graph.Count && (languages.Length > 0 || _options.MinLanguages > 1))
        {
            throw new ArgumentException($"Found {languages.Length} languages for {graph.Count} nodes, expected one a node.",
                nameof(languages));
        }

        var level = ClusterLevel.Of(graph, _options.Missing);
        var of = new Agglomeration(level, Penalty).Run(cancellation);
        for (var round = 0; round < _options.Rounds && Improve(level, of, cancellation); round++)
        {
        }

        var clusters = Connected(level, of);
        return Select(level, of, clusters, languages);
    }

    private double Penalty => (double)_options.Threshold - _options.Missing;

    // Moves nodes and then, one level up, clusters of them; returns whether anything moved.
    private bool Improve(ClusterLevel level, int[] of, CancellationToken cancellation)
    {
        var hasMoved = new LocalMoves(level, Penalty).Run(of, cancellation);
        var clusters = Renumber(of);
        if (clusters == level.Count)
        {
            return hasMoved;
        }

        var upper = Enumerable.Range(0, clusters).ToArray();
        if (Improve(level.Aggregate(of, clusters), upper, cancellation))
        {
            hasMoved = true;
            for (var node = 0; node < of.Length; node++)
            {
                of[node] = upper[of[node]];
            }
        }

        return hasMoved;
    }

    // Numbers the clusters in the order of their first node.
    private static int Renumber(int[] of)
    {
        var numbers = new int[of.Length];
        Array.Fill(numbers, -1);
        var count = 0;
        for (var node = 0; node < of.Length; node++)
        {
            ref var number = ref numbers[of[node]];
            number = number < 0 ? count++ : number;
            of[node] = number;
        }

        return count;
    }

    // Splits clusters into connected parts, because parts without an edge between them only lower the mean.
    private static int Connected(ClusterLevel level, int[] of)
    {
        var parts = new int[of.Length];
        Array.Fill(parts, -1);
        var (count, open) = (0, new Stack<int>());
        for (var first = 0; first < of.Length; first++)
        {
            if (parts[first] >= 0)
            {
                continue;
            }

            parts[first] = count;
            open.Push(first);
            while (open.TryPop(out var node))
            {
                foreach (var other in level.Others(node))
                {
                    if (parts[other] < 0 && of[other] == of[node])
                    {
                        parts[other] = count;
                        open.Push(other);
                    }
                }
            }

            count++;
        }

        parts.CopyTo(of, 0);
        return count;
    }

    private ConceptClusters Select(ClusterLevel level, int[] of, int clusters, ReadOnlySpan<int> languages)
    {
        var all = new ClusterMembers(of, clusters);
        var (kept, cohesions, strengths) = (new List<int[]>(), new List<float>(), new float[of.Length]);
        var seen = new HashSet<int>();
        var numbers = new int[clusters];
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            numbers[cluster] = ConceptClusters.Noise;
            var members = all[cluster];
            if (members.Length < _options.MinMembers || !HasLanguages(members, languages, seen))
            {
                continue;
            }

            numbers[cluster] = kept.Count;
            kept.Add(members.ToArray());
            cohesions.Add(_options.Missing + Measure(level, of, members, strengths));
        }

        for (var node = 0; node < of.Length; node++)
        {
            of[node] = numbers[of[node]];
        }

        return new ConceptClusters(of, strengths, kept, cohesions);
    }

    private bool HasLanguages(ReadOnlySpan<int> members, ReadOnlySpan<int> languages, HashSet<int> seen)
    {
        if (_options.MinLanguages == 1)
        {
            return true;
        }

        seen.Clear();
        foreach (var node in members)
        {
            seen.Add(languages[node]);
        }

        return seen.Count >= _options.MinLanguages;
    }

    // Sets the strengths of a cluster's members and returns the mean excess of its pairs.
    private static float Measure(ClusterLevel level, int[] of, ReadOnlySpan<int> members, float[] strengths)
    {
        var (most, sum) = (0.0, 0.0);
        foreach (var node in members)
        {
            var others = level.Others(node);
            var excess = level.Excess(node);
            var own = 0.0;
            for (var i = 0; i < others.Length; i++)
            {
                own += of[others[i]] == of[node] ? excess[i] : 0;
            }

            strengths[node] = (float)own;
            most = Math.Max(most, strengths[node]);
            sum += own;
        }

        foreach (var node in members)
        {
            strengths[node] = (float)(strengths[node] / most);
        }

        return (float)(sum / members.Length / (members.Length - 1));
    }
}

/// <summary>The clusters of a graph. Nodes outside every cluster are noise.</summary>
internal sealed class ConceptClusters
{
    /// <summary>Cluster number of noise.</summary>
    public const int Noise = -1;

    private readonly int[] _of;
    private readonly float[] _strengths;

    internal ConceptClusters(int[] of, float[] strengths, IReadOnlyList<int[]> members, IReadOnlyList<float> cohesions) =>
        (_of, _strengths, Members, Cohesions) = (of, strengths, members, cohesions);

    /// <summary>Members of each cluster, ascending; clusters are ordered by their first member.</summary>
    public IReadOnlyList<int[]> Members { get; }

    /// <summary>
    /// Mean margin over all pairs of members of each cluster, in [threshold, 1]; pairs without an edge count with the
    /// weight assumed for them.
    /// </summary>
    public IReadOnlyList<float> Cohesions { get; }

    /// <summary>Number of the cluster of each node, or <see cref="Noise"/>.</summary>
    public ReadOnlySpan<int> Of => _of;

    /// <summary>
    /// How central each node is in its cluster, in (0, 1]: its mean excess with the other members, divided by that of
    /// the cluster's most central member. 0 for noise.
    /// </summary>
    public ReadOnlySpan<float> Strengths => _strengths;
}

/// <summary>
/// Moves nodes one by one to the cluster where they gain most, until none gains: Louvain's first phase (Blondel et al.
/// 2008) with the queue of Leiden's (Traag, Waltman and van Eck 2019). Each pair within a cluster is worth its excess
/// minus <paramref name="penalty"/>: the constant Potts model (Traag, Van Dooren and Nesterov 2011), also known as
/// correlation clustering (Bansal, Blum and Chawla 2004), which has no resolution limit and does not chain.
/// </summary>
internal sealed class LocalMoves(ClusterLevel level, double penalty)
{
    // A move must gain more than rounding errors could simulate.
    private const double LeastGain = 1e-7;

    private readonly ClusterSums _sums = new(level.Count);
    private readonly long[] _sizes = new long[level.Count];
    private readonly Stack<int> _empty = new();
    private readonly bool[] _isWaiting = new bool[level.Count];

    /// <summary>Improves a partition and returns whether a node moved.</summary>
    /// <param name="of">Cluster of each node, below the number of nodes; changed in place.</param>
    /// <param name="cancellation">Cancels the moves.</param>
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

        // A move changes the gain of nodes that are not neighbours, too, so the whole queue is repeated until nothing
        // moves.
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
