using XCoder.Analysis.Model;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Covers the near pairs with stars, so that groups never chain: every member is similar to its group's centre. The
/// class with the most uncovered neighbours becomes the next centre (greedy dominating set, Chvátal 1979; ties go to
/// the first in the input). A class whose neighbours are all covered joins a star around its most similar neighbour.
/// </summary>
internal sealed class NearGroups(SnippetFacts[] snippets, SnippetClasses exact, SnippetClasses renamed, NearGraph graph,
    GroupBuilder builder)
{
    // In larger stars only members of the centre's class can become the representative.
    private const int MaxRecentred = 32;

    private readonly bool[] _isCovered = new bool[exact.Count];
    private readonly int[] _open = new int[exact.Count];
    private readonly List<FoundGroup> _groups = [];

    /// <summary>The near groups of a search; null where it has no tokens.</summary>
    public static IEnumerable<FoundGroup>? Find(DuplicateSearch search, CancellationToken cancellation)
    {
        if (search.Tokens is not { } tokens)
        {
            return null;
        }

        var pairs = new NearPairs(search.Options, search.Facts, search.Exact, tokens);
        var graph = new NearGraph(search.Exact.Count, pairs.Find(cancellation));
        search.VerifiedPairs += pairs.VerifiedPairs;
        return new NearGroups(search.Facts, search.Exact, search.Renamed, graph, search.Builder).Find(cancellation);
    }

    public List<FoundGroup> Find(CancellationToken cancellation)
    {
        var queue = new PriorityQueue<int, (int, int)>();
        for (var item = 0; item < exact.Count; item++)
        {
            _open[item] = graph.Neighbours(item).Length;
            if (_open[item] > 0)
            {
                queue.Enqueue(item, (-_open[item], item));
            }
        }

        while (queue.TryDequeue(out var centre, out var priority))
        {
            cancellation.ThrowIfCancellationRequested();
            if (_isCovered[centre] || _open[centre] == 0)
            {
                continue;
            }

            if (-priority.Item1 != _open[centre])
            {
                queue.Enqueue(centre, (-_open[centre], centre));
                continue;
            }

            Form(centre, [.. graph.Neighbours(centre).ToArray().Where(item => !_isCovered[item])]);
        }

        AddLeftOver();
        return _groups;
    }

    // What remains has only covered neighbours, or neighbours with which it cannot form a group.
    private void AddLeftOver()
    {
        var best = new SortedDictionary<int, List<int>>();
        for (var item = 0; item < exact.Count; item++)
        {
            if (!_isCovered[item] && BestOtherwiseRenamed(item) is var neighbour and >= 0)
            {
                (best.TryGetValue(neighbour, out var leaves) ? leaves : best[neighbour] = []).Add(item);
            }
        }

        foreach (var (centre, leaves) in best)
        {
            Form(centre, leaves);
            foreach (var leaf in leaves.Where(leaf => !_isCovered[leaf]))
            {
                Form(centre, [leaf]);
            }
        }
    }

    private int BestOtherwiseRenamed(int item)
    {
        var (best, highest) = (-1, 0.0);
        var similarities = graph.Similarities(item);
        var neighbours = graph.Neighbours(item);
        for (var i = 0; i < neighbours.Length; i++)
        {
            if (similarities[i] > highest && Renamed(neighbours[i]) != Renamed(item))
            {
                (best, highest) = (neighbours[i], similarities[i]);
            }
        }

        return best;
    }

    // Adds the star, unless all of it is one renamed class or dropping nested members leaves too little.
    private void Form(int centre, List<int> leaves)
    {
        leaves.Add(centre);
        var members = Nesting.Outermost(leaves.SelectMany(item => exact.Members(item).ToArray()), snippets);
        int[] items = [.. members.Select(ordinal => exact.Of[ordinal]).Distinct().Order()];
        if (!items.Contains(centre) || items.All(item => Renamed(item) == Renamed(centre)))
        {
            return;
        }

        foreach (var item in items)
        {
            Cover(item);
        }

        bool IsHub(int item) => item == centre
            || (items.Length <= MaxRecentred && items.All(other => graph.Similarity(item, other) > 0));
        var hubs = items.Where(IsHub).ToHashSet();
        int[] candidates = [.. members.Where(ordinal => hubs.Contains(exact.Of[ordinal]))];
        _groups.Add(builder.Build(DuplicateKind.Near, members, candidates, representative =>
            items.Min(item => graph.Similarity(exact.Of[representative], item))));
    }

    private void Cover(int item)
    {
        if (!_isCovered[item])
        {
            _isCovered[item] = true;
            foreach (var neighbour in graph.Neighbours(item))
            {
                _open[neighbour]--;
            }
        }
    }

    private int Renamed(int item) => renamed.Of[exact.Members(item)[0]];
}

/// <summary>Near pairs as neighbour lists: for each exact class its neighbours, ascending, with their Jaccard similarity.</summary>
internal sealed class NearGraph
{
    private readonly int[] _starts;
    private readonly int[] _neighbours;
    private readonly double[] _similarities;

    public NearGraph(int count, List<NearEdge> edges)
    {
        _starts = new int[count + 1];
        foreach (var edge in edges)
        {
            _starts[edge.A + 1]++;
            _starts[edge.B + 1]++;
        }

        for (var i = 0; i < count; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        (_neighbours, _similarities) = (new int[_starts[count]], new double[_starts[count]]);
        var next = _starts.AsSpan(0, count).ToArray();
        foreach (var edge in edges)
        {
            _similarities[next[edge.A]] = _similarities[next[edge.B]] = edge.Similarity;
            (_neighbours[next[edge.A]++], _neighbours[next[edge.B]++]) = (edge.B, edge.A);
        }

        for (var i = 0; i < count; i++)
        {
            Array.Sort(_neighbours, _similarities, _starts[i], _starts[i + 1] - _starts[i]);
        }
    }

    /// <summary>Neighbours of an exact class, ascending.</summary>
    public ReadOnlySpan<int> Neighbours(int item) => _neighbours.AsSpan(_starts[item].._starts[item + 1]);

    /// <summary>Jaccard similarities of the <see cref="Neighbours"/>, in the same order.</summary>
    public ReadOnlySpan<double> Similarities(int item) => _similarities.AsSpan(_starts[item].._starts[item + 1]);

    /// <summary>Jaccard similarity of two classes: 1 for the same class, 0 where they are not neighbours.</summary>
    public double Similarity(int a, int b)
    {
        if (a == b)
        {
            return 1;
        }

        var at = Neighbours(a).BinarySearch(b);
        return at < 0 ? 0 : Similarities(a)[at];
    }
}

/// <summary>Two contents whose shingle sets have a Jaccard similarity at or above the threshold.</summary>
/// <param name="A">Number of one exact class.</param>
/// <param name="B">Number of the other class, which is larger than A.</param>
/// <param name="Similarity">Jaccard similarity of the shingle sets.</param>
internal readonly record struct NearEdge(int A, int B, double Similarity);
