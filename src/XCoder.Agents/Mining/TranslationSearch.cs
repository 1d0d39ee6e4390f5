using System.Runtime.InteropServices;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining;

/// <summary>Finds the twins of a workspace: pairs of the semantic index that a second signal confirms.</summary>
internal sealed class TranslationSearch(SnippetStore store, ConceptAnalysis concepts, MinedFunctions functions, SemanticOptions rule,
    MiningOptions options)
{
    private const double LeastSize = 0.3;

    public IReadOnlyList<TranslationPair> Find(IDictionary<MinedDrop, long> drops, IProgress<StageProgress>? progress,
        CancellationToken cancellation)
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
            var reason = TranslationRule.IsTrivial(a) || TranslationRule.IsTrivial(b) ? MinedDrop.Trivial
                : TranslationRule.Reject(signals, a, b);
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

    private double Size(SemanticPair pair) =>
        functions.Place(pair.A).Tokens / (double)functions.Place(pair.B).Tokens is var ratio && ratio > 1 ? 1 / ratio
            : functions.Place(pair.A).Tokens / (double)functions.Place(pair.B).Tokens;

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

/// <summary>
/// Keeps pairs in which each is the other's best partner where it stands, and clearly so: among overloads none is. Of pairs
/// of copies one is kept, and no more of a concept or of two repositories than the options say.
/// </summary>
/// <param name="cell">Number of the language and repository that a node stands in.</param>
/// <param name="group">A number that a node shares with its copies and with nothing else.</param>
/// <param name="concept">Number of a node's concept, or below 0.</param>
/// <param name="options">What is wanted.</param>
internal sealed class TranslationSelector(Func<int, (int Repository, int Language)> cell, Func<int, int> group, Func<int, int> concept,
    MiningOptions options)
{
    private readonly Dictionary<(int Node, (int, int) Cell), (double Best, double Second, int Partner)> _best = [];

    /// <summary>The twins among pairs, best first; drops are counted.</summary>
    public IReadOnlyList<TranslationPair> Select(IReadOnlyList<TranslationPair> pairs, IDictionary<MinedDrop, long> drops)
    {
        _best.Clear();
        foreach (var pair in pairs)
        {
            Note(pair.A, pair.B, Rank(pair));
            Note(pair.B, pair.A, Rank(pair));
        }

        var (groups, concepts, repositories) =
            (new HashSet<(int, int)>(), new Dictionary<(int, int, int), int>(), new Dictionary<(int, int, int, int), int>());
        var kept = new List<TranslationPair>();
        foreach (var pair in pairs.OrderByDescending(Rank).ThenBy(pair => pair.A).ThenBy(pair => pair.B))
        {
            var (x, y) = (cell(pair.A), cell(pair.B));
            if (!IsBest(pair.A, pair.B, pair) || !IsBest(pair.B, pair.A, pair))
            {
                Count(drops, MinedDrop.Partner);
            }
            else if (!groups.Add(Ordered(group(pair.A), group(pair.B))))
            {
                Count(drops, MinedDrop.Duplicate);
            }
            else if ((concept(pair.A) is var of and >= 0
                && !Take(concepts, (of, Math.Min(x.Language, y.Language), Math.Max(x.Language, y.Language)), options.PerConcept))
                || !Take(repositories,
                    (Math.Min(x.Repository, y.Repository), Math.Max(x.Repository, y.Repository), Math.Min(x.Language, y.Language),
                        Math.Max(x.Language, y.Language)), options.PerRepositories))
            {
                Count(drops, MinedDrop.Enough);
            }
            else
            {
                kept.Add(pair);
            }
        }

        return kept;
    }

    private static double Rank(TranslationPair pair) => pair.Signals.Score + (0.25 * pair.Margin);

    private static (int, int) Ordered(int a, int b) => (Math.Min(a, b), Math.Max(a, b));

    private static void Count(IDictionary<MinedDrop, long> drops, MinedDrop reason) =>
        drops[reason] = (drops.TryGetValue(reason, out var count) ? count : 0) + 1;

    private static bool Take<T>(Dictionary<T, int> counts, T key, int most)
        where T : notnull => ++CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _) <= most;

    private void Note(int of, int partner, double rank)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_best, (of, cell(partner)), out var isKnown);
        known = !isKnown ? (rank, double.NegativeInfinity, partner)
            : rank > known.Best ? (rank, group(partner) == group(known.Partner) ? known.Second : known.Best, partner)
            : (known.Best, group(partner) == group(known.Partner) ? known.Second : Math.Max(known.Second, rank), known.Partner);
    }

    private bool IsBest(int of, int partner, TranslationPair pair) =>
        _best[(of, cell(partner))] is var known && (known.Partner == partner || group(known.Partner) == group(partner))
            && Rank(pair) - known.Second >= options.Lead;
}

/// <summary>Two functions, by node, that may be translations of one another.</summary>
/// <param name="A">The lower node.</param>
/// <param name="B">The higher node.</param>
/// <param name="Cosine">Their cosine, in [-1, 1].</param>
/// <param name="Margin">Their margin.</param>
/// <param name="Signals">In what else they agree.</param>
internal sealed record TranslationPair(int A, int B, float Cosine, float Margin, TranslationSignals Signals);

/// <summary>
/// What was ported was ported by the file: where two files share but one pair of functions, these mostly are two people's
/// answers to one question. Such a pair is kept where its files hold nothing else or all of it agrees.
/// </summary>
/// <param name="file">Number of the file that a node stands in.</param>
/// <param name="size">Number of functions in it that may be mined.</param>
internal sealed class FilePairFilter(Func<int, long> file, Func<int, int> size)
{
    private const int Least = 2;
    private const double AloneContent = 0.9;

    /// <summary>The pairs that have company, in the order given; the others are counted as <see cref="MinedDrop.Alone"/>.</summary>
    public IReadOnlyList<TranslationPair> Keep(IReadOnlyList<TranslationPair> pairs, IDictionary<MinedDrop, long> drops)
    {
        var counts = pairs.CountBy(Files).ToDictionary();
        var kept = pairs.Where(pair => pair.Signals.Content >= AloneContent
            || counts[Files(pair)] >= Math.Min(Least, Math.Min(size(pair.A), size(pair.B)))).ToList();
        drops[MinedDrop.Alone] = (drops.TryGetValue(MinedDrop.Alone, out var before) ? before : 0) + pairs.Count - kept.Count;
        return kept;
    }

    private (long, long) Files(TranslationPair pair) => (Math.Min(file(pair.A), file(pair.B)), Math.Max(file(pair.A), file(pair.B)));
}
