using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// Finds concepts: clusters of a graph of margins within which the mean pair, an edge or not, is above a threshold, so
/// that every member is linked to a share of the others and chains cannot form. Average linkage first, then moves of
/// nodes and of whole clusters (Louvain, Blondel et al. 2008) that raise the sum of the pairs within clusters above the
/// threshold, the constant Potts model (Traag, Van Dooren and Nesterov 2011). One thread; the same graph and options
/// give the same clusters. Why this one: tests/XCoder.Benchmarks/RESULTS.md.
/// </summary>
internal sealed class ConceptFinder
{
    private readonly ConceptOptions _options;

    /// <summary>A finder with these options.</summary>
    /// <param name="options">Options; the defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ConceptFinder(ConceptOptions? options = null)
    {
        _options = options ?? new ConceptOptions();
        _options.Validate();
    }

    /// <summary>Clusters a graph.</summary>
    /// <param name="graph">Distinct contents as nodes, margins as weights.</param>
    /// <param name="languages">A language number a node, 0 or above; may be empty where one language is enough.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="ArgumentException">Languages are neither empty nor one a node, or are needed and missing.</exception>
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

    // Moves nodes, then, one level up, clusters of them; says whether anything moved.
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

    // Numbers in the order of the first node.
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

    // Parts of a cluster without an edge between them are better apart.
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

    // Fills in the strengths of a cluster's members and returns the mean worth of its pairs.
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

/// <summary>The clusters of a graph, and its nodes that are in none.</summary>
internal sealed class ConceptClusters
{
    /// <summary>The cluster number of a node that is noise.</summary>
    public const int Noise = -1;

    private readonly int[] _of;
    private readonly float[] _strengths;

    internal ConceptClusters(int[] of, float[] strengths, IReadOnlyList<int[]> members, IReadOnlyList<float> cohesions) =>
        (_of, _strengths, Members, Cohesions) = (of, strengths, members, cohesions);

    /// <summary>Members of each cluster, node numbers ascending; clusters in the order of their first member.</summary>
    public IReadOnlyList<int[]> Members { get; }

    /// <summary>Mean margin of the pairs of members of each cluster, [threshold, 1], pairs without an edge counted.</summary>
    public IReadOnlyList<float> Cohesions { get; }

    /// <summary>Number of the cluster of each node, or <see cref="Noise"/>.</summary>
    public ReadOnlySpan<int> Of => _of;

    /// <summary>
    /// How firmly each node belongs to its cluster, in (0, 1]: its mean margin to the other members above that of an
    /// unknown pair, as a share of the cluster's most central member's, which has 1. Noise has 0.
    /// </summary>
    public ReadOnlySpan<float> Strengths => _strengths;
}

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
