using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Changes;

/// <summary>Finds what new functions do that functions in other languages of ports do: parallel implementations, and closed gaps.</summary>
internal static class ParallelFinder
{
    // Reviewers are told only what is likely: more than a few lines, by a margin above that of other reports, and no constructors,
    // which say little in any language.
    /// <summary>Shorter functions are not told.</summary>
    public const int LeastTokens = 40;

    private const double LeastMargin = 0.15;

    /// <summary>Finds them, at most one finding a function.</summary>
    /// <param name="index">The semantic index of the workspace.</param>
    /// <param name="rule">The rule that makes a pair.</param>
    /// <param name="functions">Row ids of new functions.</param>
    /// <param name="added">Row ids of all new snippets.</param>
    /// <param name="before">Plain names of what the change edited or removed: what bears one was there before, in another form.</param>
    /// <param name="describe">Returns snippets by row id.</param>
    public static IReadOnlyList<ChangeFinding> Find(SemanticIndex index, SemanticOptions rule, IReadOnlyList<long> functions,
        IReadOnlySet<long> added, IReadOnlySet<string> before, Func<IEnumerable<long>, Dictionary<long, Snippet>> describe)
    {
        var (nodes, pairs) = (index.Nodes, new SemanticPairs(index.Candidates, rule));
        var all = pairs.Find().Where(static pair => pair.Scope == PairScope.Ports && pair.Margin >= LeastMargin).ToList();
        var partners = all.SelectMany(static pair => new[] { (Of: pair.A, To: pair.B), (Of: pair.B, To: pair.A) })
            .ToLookup(static pair => pair.Of, static pair => pair.To);
        var rows = Enumerable.Range(0, nodes.Snippets.Length).ToLookup(i => nodes.NodeOf[i], i => nodes.Snippets[i]);
        var found = new List<(long Row, List<SemanticPair> Pairs, bool IsGap)>();
        foreach (var row in functions)
        {
            var node = nodes.Find(row);

            // Of code that is also elsewhere, what is new is no news.
            var mine = node < 0 || !rows[node].All(added.Contains) ? []
                : all.Where(pair => (pair.A == node || pair.B == node) && !rows[Other(pair, node)].All(added.Contains))
                    .OrderByDescending(static pair => pair.Margin).ToList();
            if (mine.Count > 0)
            {
                // A gap is closed if nothing in this place that was there before did the same.
                found.Add((row, mine, mine.TrueForAll(pair => partners[Other(pair, node)]
                    .Where(other => nodes.Family[other] == nodes.Family[node] && nodes.Repository[other] == nodes.Repository[node])
                    .All(other => rows[other].All(added.Contains)))));
            }
        }

        var snippets = describe(found.SelectMany(item => item.Pairs.Select(pair => nodes.First(Other(pair, nodes.Find(item.Row))))
            .Append(item.Row)));
        found.RemoveAll(item => before.Contains(NameWords.Plain(snippets[item.Row].Name))
            || Partners(item).Any(static partner => partner.Kind == SnippetKind.Constructor)
            || Partners(item).Any(partner => before.Contains(NameWords.Plain(partner.Name))));
        return
        [
            .. found.Select(item => new ChangeFinding
            {
                Kind = item.IsGap ? ChangeKind.GapClosed : ChangeKind.Parallel,
                Evidence = DuplicateKind.Semantic,
                Similarity = item.Pairs[0].Cosine,
                Margin = item.Pairs[0].Margin,
                Snippet = snippets[item.Row],
                Others = [.. Partners(item)],
                Group = GroupId.Of(DuplicateKind.Semantic, false, [.. item.Pairs.Select(pair => Other(pair, nodes.Find(item.Row)))
                    .Append(nodes.Find(item.Row)).Select(node => new GroupContent(new UInt128(0, nodes.Content[node]), 1))
                    .DistinctBy(static content => content.Hash).OrderBy(static content => content.Hash)]),
                IsCrossLanguage = true,
                Message = "",
            }).Select(static finding => finding with { Message = FindingText.Of(finding) }),
        ];

        IEnumerable<Snippet> Partners((long Row, List<SemanticPair> Pairs, bool IsGap) item) =>
            item.Pairs.Select(pair => snippets[nodes.First(Other(pair, nodes.Find(item.Row)))]);
    }

    private static int Other(SemanticPair pair, int node) => pair.A == node ? pair.B : pair.A;
}
