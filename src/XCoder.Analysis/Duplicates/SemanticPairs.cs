using XCoder.Analysis.Semantic;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Selects the candidate pairs that are semantic duplicates. Three conditions must hold: the cosine is high enough; the
/// margin, which includes lexical similarity as a second signal, is high enough; and neither of the two has a clearly
/// better partner in the other's repository and language. The third makes <c>min</c> and <c>max</c> in two ports of a
/// library each find their own counterpart. Two structures must, in addition, share half the functions of the smaller
/// one, because the code around a single function tells little.
/// </summary>
internal sealed class SemanticPairs(SemanticCandidates candidates, SemanticOptions options)
{
    private readonly MarginGraph _graph = candidates.Graph;

    /// <summary>Returns all semantic pairs, ordered by A, then B.</summary>
    /// <param name="isPresent">Whether a node takes part; null means that all do.</param>
    public List<SemanticPair> Find(Func<int, bool>? isPresent = null) => Find(options.Threshold, isPresent);

    /// <summary>Returns the pairs for a threshold other than that of the options.</summary>
    internal List<SemanticPair> Find(double threshold, Func<int, bool>? isPresent)
    {
        var pairs = new List<SemanticPair>();
        for (var a = 0; a < _graph.Count; a++)
        {
            if (isPresent is not null && !isPresent(a))
            {
                continue;
            }

            foreach (var edge in _graph[a])
            {
                if (edge.Other > a && IsPair(a, edge, threshold) && (isPresent is null || isPresent(edge.Other))
                    && ShareMembers(a, edge.Other))
                {
                    pairs.Add(new SemanticPair(a, edge.Other, edge.Cosine, edge.Margin, Scope(a, edge.Other)));
                }
            }
        }

        return pairs;
    }

    /// <summary>Whether two nodes may be in the same group.</summary>
    internal bool MayMeet(int a, int b)
    {
        if (AreAlike(a, b))
        {
            return true;
        }

        return _graph.Edge(a, b) is { } edge && edge.Margin >= Lowest(Scope(a, b)) && Shortfall(a, edge) <= 2 * options.Competition
            && ShareMembers(a, b);
    }

    // Whether two nodes are duplicates, by stronger evidence or by this rule.
    private bool IsPair(int a, int b) => AreAlike(a, b)
        || (_graph.Edge(a, b) is { } edge && IsPair(a, edge, options.Threshold));

    private bool IsPair(int a, MarginEdge edge, double threshold) =>
        edge.Margin >= threshold && edge.Cosine >= options.LowestCosine && edge.Margin >= threshold + Extra(Scope(a, edge.Other))
            && Shortfall(a, edge) <= options.Competition;

    private bool AreAlike(int a, int b) => candidates.TextGroups[a] is var text and >= 0 && candidates.TextGroups[b] == text;

    /// <summary>
    /// Cosine and margin of two nodes. Without an edge in the graph, both are 1 if the nodes are in one exact, renamed or
    /// near group; otherwise the result is null.
    /// </summary>
    internal (float Cosine, float Margin)? Of(int a, int b) =>
        _graph.Edge(a, b) is { } edge ? (edge.Cosine, edge.Margin)
        : AreAlike(a, b) ? (1, 1) : null;

    /// <summary>The least amount by which the margin of a pair of this scope must exceed the threshold.</summary>
    internal double Extra(PairScope scope) => scope switch
    {
        PairScope.Ports => 0,
        PairScope.Unrelated => options.UnrelatedThreshold - options.Threshold,
        PairScope.AcrossRepositories => options.SameLanguage,
        _ => options.SameRepository,
    };

    // The lowest margin of two members of a group. Two of one language are there because both resemble a third.
    private double Lowest(PairScope scope) => scope == PairScope.Unrelated ? options.UnrelatedThreshold : options.Threshold;

    /// <summary>The scope of two nodes.</summary>
    internal PairScope Scope(int a, int b) =>
        candidates.Languages[a] != candidates.Languages[b] ? candidates.ArePorts(a, b) ? PairScope.Ports : PairScope.Unrelated
        : candidates.Repositories[a] != candidates.Repositories[b] ? PairScope.AcrossRepositories
        : PairScope.WithinRepository;

    private bool ShareMembers(int a, int b)
    {
        var first = _graph.Count - candidates.Members.Count;
        if (a < first)
        {
            return true;
        }

        var (fewer, more) = (candidates.Members[a - first], candidates.Members[b - first]);
        (fewer, more) = fewer.Length <= more.Length ? (fewer, more) : (more, fewer);
        return more.Length == 0
            || (fewer.Length > 0
                && 2 * fewer.Count(member => Array.Exists(more, other => other == member || IsPair(member, other))) >= fewer.Length);
    }

    // The margin of the best rival of either node, minus the pair's own; 0 if no rival is better. Always 0 within one
    // repository and language, because every snippet there would be a rival.
    private double Shortfall(int a, MarginEdge edge) =>
        Scope(a, edge.Other) == PairScope.WithinRepository ? 0 : Math.Max(Best(a, edge.Other), Best(edge.Other, a)) - edge.Margin;

    private float Best(int of, int rival)
    {
        var best = float.NegativeInfinity;
        var (language, repository) = (candidates.Languages[rival], candidates.Repositories[rival]);
        foreach (var edge in _graph[of])
        {
            if (edge.Margin > best && candidates.Languages[edge.Other] == language && candidates.Repositories[edge.Other] == repository)
            {
                best = edge.Margin;
            }
        }

        return best;
    }
}

/// <summary>Two nodes that are semantic duplicates.</summary>
/// <param name="A">The lower node.</param>
/// <param name="B">The higher node.</param>
/// <param name="Cosine">Their cosine, in [-1, 1].</param>
/// <param name="Margin">Their margin; see <see cref="MarginGraph"/>.</param>
/// <param name="Scope">Whether they are in the same language and project.</param>
internal readonly record struct SemanticPair(int A, int B, float Cosine, float Margin, PairScope Scope);

/// <summary>Whether the nodes of a pair share their language and project.</summary>
internal enum PairScope
{
    /// <summary>The nodes are in two languages of one project, or of projects that are ports of each other.</summary>
    Ports,

    /// <summary>The nodes are in two languages of projects that are no ports of each other.</summary>
    Unrelated,

    /// <summary>The nodes are in one language and two repositories.</summary>
    AcrossRepositories,

    /// <summary>The nodes are in one language and one repository.</summary>
    WithinRepository,
}
