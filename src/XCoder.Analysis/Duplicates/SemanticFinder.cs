using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;

namespace XCoder.Analysis.Duplicates;

/// <summary>Finds semantic groups among snippets, except those whose members are all in one exact, renamed or near group.</summary>
internal sealed class SemanticFinder
{
    private readonly SnippetFacts[] _snippets;
    private readonly SemanticCandidates _candidates;
    private readonly SemanticPairs _pairs;
    private readonly GroupBuilder _builder;
    private readonly Dictionary<int, List<int>> _members = [];
    private readonly int[] _nodes;

    public SemanticFinder(SnippetFacts[] snippets, int minTokens, SemanticSearch search, GroupBuilder builder)
    {
        search.Options.Validate();
        (_snippets, _candidates, _builder) = (snippets, search.Candidates, builder);
        _pairs = new SemanticPairs(search.Candidates, search.Options);
        _nodes = new int[snippets.Length];
        for (var ordinal = 0; ordinal < snippets.Length; ordinal++)
        {
            _nodes[ordinal] = snippets[ordinal].TokenCount >= minTokens && !snippets[ordinal].IsFile ? search.NodeOf(ordinal) : -1;
            if (_nodes[ordinal] >= 0)
            {
                (_members.TryGetValue(_nodes[ordinal], out var members) ? members : _members[_nodes[ordinal]] = []).Add(ordinal);
            }
        }
    }

    /// <summary>Finds the semantic groups; returns null if the search was given no near pairs.</summary>
    public static IEnumerable<FoundGroup>? Find(DuplicateSearch search, CancellationToken cancellation) => search.Semantic is not { } near
        ? null : new SemanticFinder(search.Facts, search.Options.MinTokens, near, search.Builder).Find(cancellation);

    public IEnumerable<FoundGroup> Find(CancellationToken cancellation) =>
        SemanticGroups.Join(_pairs, _pairs.Find(_members.ContainsKey), cancellation).Select(Build).OfType<FoundGroup>();

    private FoundGroup? Build(int[] nodes)
    {
        var members = Nesting.Outermost(nodes.SelectMany(node => _members[node]), _snippets);
        var left = members.Select(ordinal => _nodes[ordinal]).Distinct().Order().ToArray();
        return left.Length < 2
            || left.All(node => _candidates.TextGroups[node] is var text and >= 0 && text == _candidates.TextGroups[left[0]])
            ? null
            : _builder.Build(DuplicateKind.Semantic, members, members,
                representative => Lowest(left, representative, static pair => pair.Cosine)) is var group
                ? group with
                {
                    Margin = Lowest(left, group.Representative, static pair => pair.Margin),
                    IsUnrelated = IsUnrelated(left),
                    Measured = representative => (Lowest(left, representative, static pair => pair.Cosine),
                        Lowest(left, representative, static pair => pair.Margin)),
                }
                : null;
    }

    private bool IsUnrelated(int[] nodes)
    {
        var isAcross = false;
        for (var i = 0; i < nodes.Length; i++)
        {
            for (var j = i + 1; j < nodes.Length; j++)
            {
                var scope = _pairs.Scope(nodes[i], nodes[j]);
                if (scope == PairScope.Ports)
                {
                    return false;
                }

                isAcross |= scope == PairScope.Unrelated;
            }
        }

        return isAcross;
    }

    private double Lowest(int[] nodes, int representative, Func<(float Cosine, float Margin), float> measure)
    {
        var lowest = 1.0;
        foreach (var node in nodes)
        {
            if (node != _nodes[representative] && _pairs.Of(node, _nodes[representative]) is { } pair)
            {
                lowest = Math.Min(lowest, measure(pair));
            }
        }

        return lowest;
    }
}

/// <summary>
/// Joins pairs into groups, largest margin first, by complete linkage (Defays 1977): two groups are joined only if
/// every member of one may be in a group with every member of the other. Similarity is not transitive, so A like B and
/// B like C does not imply A like C. Deterministic.
/// </summary>
internal static class SemanticGroups
{
    /// <summary>Returns groups of two or more nodes, each ascending, ordered by first node.</summary>
    public static List<int[]> Join(SemanticPairs pairs, List<SemanticPair> found, CancellationToken cancellation)
    {
        var order = found.ToArray();
        Array.Sort(order, (x, y) =>
        {
            var (left, right) = (x.Margin - pairs.Extra(x.Scope), y.Margin - pairs.Extra(y.Scope));
            return left != right ? right.CompareTo(left) : x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B);
        });
        var groups = new Dictionary<int, List<int>>();
        foreach (var pair in order)
        {
            cancellation.ThrowIfCancellationRequested();
            var (a, b) = (Of(pair.A), Of(pair.B));
            if (a != b && a.TrueForAll(x => b.TrueForAll(y => pairs.MayMeet(x, y))))
            {
                var (larger, smaller) = a.Count >= b.Count ? (a, b) : (b, a);
                larger.AddRange(smaller);
                smaller.ForEach(node => groups[node] = larger);
            }
        }

        return [.. groups.Values.Distinct().Where(group => group.Count > 1).Select(group => group.Order().ToArray())
            .OrderBy(group => group[0])];

        List<int> Of(int node) => groups.TryGetValue(node, out var group) ? group : groups[node] = [node];
    }
}

/// <summary>Input of the search for semantic duplicates.</summary>
/// <param name="Candidates">Near pairs of nodes.</param>
/// <param name="NodeOf">Returns the node of a snippet by its ordinal, or -1 for a snippet that is in no pair.</param>
/// <param name="Options">The rule that makes a pair a semantic duplicate.</param>
internal sealed record SemanticSearch(SemanticCandidates Candidates, Func<int, int> NodeOf, SemanticOptions Options);
