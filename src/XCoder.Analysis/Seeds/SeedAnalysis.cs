using System.Runtime.InteropServices;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Seeds;

/// <summary>Chooses seeds among the functions of a workspace.</summary>
internal static class SeedAnalysis
{
    /// <summary>Chooses seeds.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="concepts">Its concepts.</param>
    /// <param name="rule">What makes a semantic duplicate.</param>
    /// <param name="duplicates">How the other duplicates are looked for.</param>
    /// <param name="selection">Where seeds are taken from.</param>
    /// <param name="languages">Languages they are taken from, dialects with them; null: all.</param>
    /// <param name="family">Gives the language that a language id is a dialect of, or the id.</param>
    /// <param name="options">How many, from which random number.</param>
    /// <param name="isContaminated">Whether a function's code and documentation hold part of a benchmark, and so may be no seed; null: none does.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static SeedSelection Run(
        WorkspaceFolder workspace, ConceptAnalysis concepts, SemanticOptions rule, DuplicateOptions duplicates, StoreSelection selection, IReadOnlySet<string>? languages, Func<string, string> family, SeedOptions options, Func<string, string?, bool>? isContaminated = null, CancellationToken cancellation = default)
    {
        options.Validate();
        using var store = workspace.OpenStore();
        var selected = store.RowIds(selection).ToHashSet();
        var groups = SeedGroups.Find(workspace, concepts.Index, rule, duplicates, cancellation);
        var reader = new SeedReader(store);
        var (rows, candidates, rejected) = (new List<(long Row, int Node)>(), new List<SeedCandidate>(), new Dictionary<SeedRejection, int>());
        var (nodes, taken) = (concepts.Index.Nodes, new HashSet<int>());
        foreach (var snippet in store.Briefs())
        {
            reader.Add(snippet);
            if (snippet.Kind.IsStructure() || !selected.Contains(snippet.Row) || Array.BinarySearch(nodes.Snippets, snippet.Row) is not (var at and >= 0) || (languages is not null && !languages.Contains(family(snippet.Language))))
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
                candidates.Add(new SeedCandidate(concepts.Of[nodes.NodeOf[at]], family(snippet.Language), groups.Number(snippet.Row), SeedRater.Promise(facts)));
            }
        }

        var qualities = new Dictionary<int, SeedQuality>();
        var vectors = new Dictionary<int, float[]?>();
        var chosen = new SeedSelector(candidates, options, Quality, Cosine).Select(cancellation);
        var snippets = store.Snippets(chosen.Select(candidate => rows[candidate].Row));
        return new SeedSelection
        {
            Seeds = [.. chosen.Select(candidate => new Seed(
                snippets[rows[candidate].Row], qualities[candidate], Concept(candidate)?.Id, Concept(candidate)?.Label, groups.Id(rows[candidate].Row)))],
            Candidates = candidates.Count,
            Concepts = candidates.Where(candidate => candidate.Concept >= 0).Select(candidate => candidate.Concept).Distinct().Count(),
            Rejected = rejected,
            Model = concepts.Index.Model,
        };

        XCoder.Analysis.Concepts.Concept? Concept(int candidate) => candidates[candidate].Concept is var number and >= 0 ? concepts.Concepts[number] : null;

        double? Quality(int candidate)
        {
            var (row, _) = rows[candidate];
            var (facts, code) = reader.Read(row, concepts.Marks[Array.BinarySearch(nodes.Snippets, row)]);
            if (SeedRater.Reject(facts) is var reason and not SeedRejection.None)
            {
                Count(rejected, reason);
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

        float[]? Vector(int candidate) => vectors.TryGetValue(candidate, out var known) ? known : vectors[candidate] = store.Vector(nodes.Embedding[rows[candidate].Node]);
    }

    private static void Count(Dictionary<SeedRejection, int> counts, SeedRejection reason) => CollectionsMarshal.GetValueRefOrAddDefault(counts, reason, out _)++;
}
