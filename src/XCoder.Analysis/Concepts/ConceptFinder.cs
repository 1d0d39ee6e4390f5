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
            throw new ArgumentException($"Found {languages.Length} languages for {graph.Count} nodes, expected one a node.", nameof(languages));
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
