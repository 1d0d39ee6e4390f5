using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining;

/// <summary>Finds the twins of a workspace: pairs of the semantic index that a second signal confirms.</summary>
internal sealed class TranslationSearch(SnippetStore store, ConceptAnalysis concepts, MinedFunctions functions, SemanticOptions rule, MiningOptions options)
{
    private const double LeastSize = 0.3;

    public IReadOnlyList<TranslationPair> Find(IDictionary<MinedDrop, long> drops, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new StageProgress("pairing functions", 0, 0));
        var pairs = new SemanticPairs(concepts.Index.Candidates, rule).Find(functions.IsWanted)
            .Where(pair => pair.Scope == PairScope.AcrossLanguages && pair.B < concepts.Index.Nodes.Functions && IsWanted(pair)).ToList();
        drops[MinedDrop.Size] = pairs.RemoveAll(pair => Size(pair) < LeastSize);
        var profiles = Read(pairs.SelectMany(pair => (int[])[pair.A, pair.B]).ToHashSet(), progress, cancellation);
        var twins = new List<TranslationPair>();
        foreach (var pair in pairs)
        {
            if (!profiles.TryGetValue(pair.A, out var a) || !profiles.TryGetValue(pair.B, out var b))
            {
                continue;
            }

            var signals = TranslationRule.Compare(a, b);
            var reason = TranslationRule.IsTrivial(a) || TranslationRule.IsTrivial(b) ? MinedDrop.Trivial : TranslationRule.Reject(signals, a, b);
            if (reason is { } drop)
            {
                drops[drop] = (drops.TryGetValue(drop, out var count) ? count : 0) + 1;
                continue;
            }

            twins.Add(new TranslationPair(pair.A, pair.B, pair.Cosine, pair.Margin, signals));
        }

        var selected = new TranslationSelector(functions.Cell, functions.Group, node => concepts.Of[node], options).Select(twins, drops);
        return new FilePairFilter(node => functions.Place(node).File, node => functions.Beside(node)).Keep(selected, drops);
    }

    private bool IsWanted(SemanticPair pair) =>
        functions.Language(pair.A) is var a && functions.Language(pair.B) is var b && (options.Wants(a, b) || options.Wants(b, a));

    private double Size(SemanticPair pair) => functions.Place(pair.A).Tokens / (double)functions.Place(pair.B).Tokens is var ratio && ratio > 1 ? 1 / ratio : functions.Place(pair.A).Tokens / (double)functions.Place(pair.B).Tokens;

    private Dictionary<int, FunctionProfile> Read(HashSet<int> nodes, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var (profiles, reader, index) = (new Dictionary<int, FunctionProfile>(), new ProfileReader(), concepts.Index.Nodes);
        StoredFile? file = null;
        foreach (var brief in store.Briefs())
        {
            cancellation.ThrowIfCancellationRequested();
            if (index.Find(brief.Row) is not (var node and >= 0) || !nodes.Contains(node) || index.First(node) != brief.Row)
            {
                continue;
            }

            file = file?.Id == brief.File ? file : store.File(brief.File);
            profiles[node] = reader.Read(brief, file, functions.Overloads(brief));
            progress?.Report(new StageProgress("comparing functions", profiles.Count, nodes.Count));
        }

        return profiles;
    }
}
