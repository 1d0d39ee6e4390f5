using XCoder.Analysis.Model;

namespace XCoder.Analysis.Duplicates;

/// <summary>Finds semantic groups among snippets, leaving out those that exact, renamed or near groups already say.</summary>
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
            _nodes[ordinal] = snippets[ordinal].TokenCount >= minTokens ? search.NodeOf(ordinal) : -1;
            if (_nodes[ordinal] >= 0)
            {
                (_members.TryGetValue(_nodes[ordinal], out var members) ? members : _members[_nodes[ordinal]] = []).Add(ordinal);
            }
        }
    }

    public IEnumerable<FoundGroup> Find(CancellationToken cancellation) =>
        SemanticGroups.Join(_pairs, _pairs.Find(_members.ContainsKey), cancellation).Select(Build).OfType<FoundGroup>();

    private FoundGroup? Build(int[] nodes)
    {
        var members = Nesting.Outermost(nodes.SelectMany(node => _members[node]), _snippets);
        var left = members.Select(ordinal => _nodes[ordinal]).Distinct().Order().ToArray();
        return left.Length < 2 || left.All(node => _candidates.TextGroups[node] is var text and >= 0 && text == _candidates.TextGroups[left[0]])
            ? null
            : _builder.Build(DuplicateKind.Semantic, members, members, representative => Lowest(left, representative, static pair => pair.Cosine)) is var group
                ? group with { Margin = Lowest(left, group.Representative, static pair => pair.Margin) }
                : null;
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
