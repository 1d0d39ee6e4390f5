using System.Runtime.InteropServices;
using System.Text;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Seeds;

/// <summary>Chooses seeds among the functions of a workspace.</summary>
internal static class SeedAnalysis
{
    /// <summary>Rejects unfit functions and chooses seeds among the others.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="concepts">Concepts of the workspace.</param>
    /// <param name="rule">The rule for semantic duplicates.</param>
    /// <param name="duplicates">Options of the search for the other duplicates.</param>
    /// <param name="selection">The snippets from which seeds are taken.</param>
    /// <param name="languages">Languages from which seeds are taken, including their dialects; null takes all.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    /// <param name="options">Number of seeds, limits, and the random seed.</param>
    /// <param name="isContaminated">
    /// Whether a function's code and documentation contain part of a benchmark, which excludes it; null excludes none.
    /// </param>
    /// <param name="cancellation">Cancels the work.</param>
    public static SeedSelection Run(
        WorkspaceFolder workspace, ConceptAnalysis concepts, SemanticOptions rule, DuplicateOptions duplicates, StoreSelection selection,
        IReadOnlySet<string>? languages, Func<string, string> family, SeedOptions options,
        Func<string, string?, bool>? isContaminated = null, CancellationToken cancellation = default)
    {
        options.Validate();
        using var store = workspace.OpenStore();
        var selected = store.RowIds(selection).ToHashSet();
        var groups = SeedGroups.Find(workspace, concepts.Index, rule, duplicates, cancellation);
        var reader = new SeedReader(store);
        var (rows, candidates, rejected) =
            (new List<(long Row, int Node)>(), new List<SeedCandidate>(), new Dictionary<SeedRejection, int>());
        var (nodes, taken) = (concepts.Index.Nodes, new HashSet<int>());
        foreach (var snippet in store.Briefs())
        {
            reader.Add(snippet);
            if (snippet.Kind.IsStructure() || !selected.Contains(snippet.Row)
                || Array.BinarySearch(nodes.Snippets, snippet.Row) is not (var at and >= 0)
                || (languages is not null && !languages.Contains(family(snippet.Language))))
            {
                continue;
            }

            var facts = SeedReader.Unread(snippet, concepts.Marks[at]);
            if (SeedRater.RejectUnread(facts) is var reason and not SeedRejection.None)
            {
                Count(rejected, reason);
            }
            else if (taken.Add(nodes.NodeOf[at]))
            {
                rows.Add((snippet.Row, nodes.NodeOf[at]));
                candidates.Add(new SeedCandidate(concepts.Of[nodes.NodeOf[at]], family(snippet.Language), groups.Number(snippet.Row),
                    SeedRater.Promise(facts)));
            }
        }

        var qualities = new Dictionary<int, SeedQuality>();
        var vectors = new Dictionary<int, float[]?>();
        var chosen = new SeedSelector(candidates, options, Quality, Cosine).Select(cancellation);
        var snippets = store.Snippets(chosen.Select(candidate => rows[candidate].Row));
        return new SeedSelection
        {
            Seeds = [.. chosen.Select(candidate => new Seed(
                snippets[rows[candidate].Row], qualities[candidate], Concept(candidate)?.Id, Concept(candidate)?.Label,
                groups.Id(rows[candidate].Row)))],
            Candidates = candidates.Count,
            Concepts = candidates.Where(candidate => candidate.Concept >= 0).Select(candidate => candidate.Concept).Distinct().Count(),
            Rejected = rejected,
            Model = concepts.Index.Model,
        };

        XCoder.Analysis.Concepts.Concept? Concept(int candidate) =>
            candidates[candidate].Concept is var number and >= 0 ? concepts.Concepts[number] : null;

        double? Quality(int candidate)
        {
            var (row, _) = rows[candidate];
            var (facts, code) = reader.Read(row, concepts.Marks[Array.BinarySearch(nodes.Snippets, row)]);
            if (SeedRater.Reject(facts) is var reason and not SeedRejection.None)
            {
                Count(rejected, reason);
                return null;
            }

            if (code().Contains('\uFFFD'))
            {
                Count(rejected, SeedRejection.Undecodable);
                return null;
            }

            if (isContaminated is not null && isContaminated(code(), reader.Documentation(row)))
            {
                Count(rejected, SeedRejection.Benchmark);
                return null;
            }

            return (qualities[candidate] = SeedRater.Rate(facts)).Total;
        }

        double Cosine(int a, int b)
        {
            var (x, y) = (Vector(a), Vector(b));
            return x is null || y is null ? 0 : x.Zip(y, (left, right) => (double)left * right).Sum();
        }

        float[]? Vector(int candidate) =>
            vectors.TryGetValue(candidate, out var known) ? known
                : vectors[candidate] = store.Vector(nodes.Embedding[rows[candidate].Node]);
    }

    private static void Count(Dictionary<SeedRejection, int> counts, SeedRejection reason) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, reason, out _)++;
}

/// <summary>
/// Merges duplicate groups of all kinds: groups that share a snippet become one, and all snippets of one node of the
/// semantic index belong to one group.
/// </summary>
internal sealed class SeedGroups
{
    private readonly Dictionary<long, long> _roots = [];
    private readonly Dictionary<long, string> _ids = [];
    private readonly Dictionary<long, int> _numbers = [];

    public static SeedGroups Find(WorkspaceFolder workspace, SemanticIndex index, SemanticOptions rule, DuplicateOptions options,
        CancellationToken cancellation)
    {
        var analysis = DuplicateAnalysis.Run(workspace, StoreSelection.All, options, near: true, (index, rule), cancellation: cancellation);
        var groups = new SeedGroups();
        foreach (var group in analysis.Result.Groups)
        {
            var rows = analysis.Rows(group).ToList();
            foreach (var row in rows)
            {
                groups._ids.TryAdd(row, group.Group); // the strongest kind comes first
                groups.Join(rows[0], row);
            }
        }

        // Join snippets that give the model the same input, even if their names differ too much for a duplicate group.
        var first = new long[index.Nodes.Count];
        for (var i = 0; i < index.Nodes.Snippets.Length; i++)
        {
            ref var known = ref first[index.Nodes.NodeOf[i]];
            known = known == 0 ? index.Nodes.Snippets[i] : known;
            groups.Join(known, index.Nodes.Snippets[i]);
        }

        return groups;
    }

    /// <summary>Id of the snippet's duplicate group, by the strongest evidence, or null.</summary>
    public string? Id(long row) => _ids.GetValueOrDefault(row);

    /// <summary>Number of the snippet's merged group: equal for its members, different for all other snippets.</summary>
    public int Number(long row)
    {
        var root = Root(row);
        return _numbers.TryGetValue(root, out var number) ? number : _numbers[root] = _numbers.Count;
    }

    private void Join(long a, long b)
    {
        var (x, y) = (Root(a), Root(b));
        if (x != y)
        {
            _roots[Math.Max(x, y)] = Math.Min(x, y);
        }
    }

    private long Root(long row)
    {
        while (_roots.TryGetValue(row, out var above))
        {
            if (_roots.TryGetValue(above, out var higher))
            {
                _roots[row] = higher;
            }

            row = above;
        }

        return row;
    }
}

/// <summary>
/// Reads the facts on which a seed's quality depends. It holds the names of all repositories in memory, and reads code
/// only on request.
/// </summary>
internal sealed class SeedReader(SnippetStore store)
{
    // Shorter names are mostly names of local variables.
    private const int LeastName = 3;

    private readonly Dictionary<string, Dictionary<string, int>> _names = [];
    private readonly Dictionary<long, SnippetBrief> _snippets = [];
    private readonly Dictionary<long, List<(int First, int Tokens, string Name)>> _files = [];

    /// <summary>Registers a snippet; call it for all snippets before reading any.</summary>
    public void Add(SnippetBrief snippet)
    {
        _snippets[snippet.Row] = snippet;
        (_files.TryGetValue(snippet.File, out var file) ? file
            : _files[snippet.File] = []).Add((snippet.FirstToken, snippet.Tokens, snippet.Name));
        if (snippet.Name.Length >= LeastName)
        {
            var names = _names.TryGetValue(snippet.Repository, out var known) ? known : _names[snippet.Repository] = [];
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(names, snippet.Name, out _)++;
        }
    }

    /// <summary>A snippet's cleaned documentation comment, or null.</summary>
    public string? Documentation(long row) => _snippets[row].Documentation;

    /// <summary>The facts that are known without reading the code.</summary>
    public static SeedFacts Unread(SnippetBrief snippet, SnippetMarks marks) => new()
    {
        Name = snippet.Name,
        IsConstructor = snippet.Kind == SnippetKind.Constructor,
        Tokens = snippet.Tokens,
        HasErrors = snippet.HasErrors,
        IsTest = snippet.IsTest,
        IsTested = marks.HasFlag(SnippetMarks.Tested),
        DocumentationWords = snippet.Documentation?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Count(word => word.Any(char.IsLetter)) ?? 0,
    };

    /// <summary>Reads all facts of a snippet; the returned function gives its code.</summary>
    public (SeedFacts Facts, Func<string> Code) Read(long row, SnippetMarks marks)
    {
        var snippet = _snippets[row];
        var stored = store.File(snippet.File);
        var (distinct, outer, literals) = (new HashSet<ulong>(), new HashSet<string>(), 0);
        var names = _names.GetValueOrDefault(snippet.Repository) ?? [];
        var end = Math.Min(snippet.FirstToken + snippet.Tokens, stored.Tokens.Count);
        for (var token = snippet.FirstToken; token < end; token++)
        {
            var text = stored.Tokens.Text(stored.Text, token);
            var isNew = distinct.Add(SpanHash.Hash64(text));
            switch (stored.Tokens.Classes[token])
            {
                case TokenClass.Number or TokenClass.String or TokenClass.Literal:
                    literals++;
                    break;
                case TokenClass.Identifier when isNew && Encoding.UTF8.GetString(text) is var name && names.ContainsKey(name):
                    outer.Add(name);
                    break;
            }
        }

        // The snippet's own name is not an outer name. Neither is the name of a snippet inside it, unless a snippet elsewhere
        // has the same name.
        foreach (var inner in _files[snippet.File].Where(inner => inner.First >= snippet.FirstToken && inner.First + inner.Tokens <= end)
            .CountBy(inner => inner.Name))
        {
            if (names.GetValueOrDefault(inner.Key) <= inner.Value || inner.Key == snippet.Name)
            {
                outer.Remove(inner.Key);
            }
        }

        return (Unread(snippet, marks) with { DistinctTokens = distinct.Count, Literals = literals, OuterNames = outer.Count }, Code);

        string Code() => end > snippet.FirstToken
            ? Encoding.UTF8.GetString(stored.Text.AsSpan(
                stored.Tokens.Starts[snippet.FirstToken]..(stored.Tokens.Starts[end - 1] + stored.Tokens.Lengths[end - 1])))
            : "";
    }
}
