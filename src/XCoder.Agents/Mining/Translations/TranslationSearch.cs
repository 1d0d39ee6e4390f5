using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining.Translations;

/// <summary>
/// Finds the translation pairs of a workspace: functions that bear one name in repositories that share many, and pairs of the semantic
/// index, as far as <see cref="PairModel"/> expects them to be right.
/// </summary>
/// <param name="store">The snippets.</param>
/// <param name="concepts">The workspace's concepts and semantic index.</param>
/// <param name="functions">The functions to pair.</param>
/// <param name="rule">The rule of semantic pairs.</param>
/// <param name="options">Limits of the selection.</param>
/// <param name="model">Estimates probabilities.</param>
/// <param name="tests">Twins among the tests, as evidence; null for none.</param>
internal sealed class TranslationSearch(SnippetStore store, ConceptAnalysis concepts, MinedFunctions functions, SemanticOptions rule,
    MiningOptions options, PairModel model, TestTwins? tests = null)
{
    private const double LeastSize = 0.4;
    private const double LeastName = 0.8;
    private const double LeastLikeness = 0.3;
    private const int LeastDistinct = 12;

    // How many of the twin tests that vouch for others should be right.
    private const double Vouching = 0.95;

    /// <summary>Returns the pairs, most probable first.</summary>
    public IReadOnlyList<TranslationPair> Find(IDictionary<MinedDrop, long> drops, IProgress<StageProgress>? progress,
        CancellationToken cancellation) => Select(Candidates(drops, progress, cancellation), options.Precision, drops);

    /// <summary>Returns the candidates that are taken, most probable first.</summary>
    /// <param name="candidates">All candidates.</param>
    /// <param name="precision">Share of them that is expected to be right, in [0.5, 1).</param>
    /// <param name="drops">Receives the reasons why others are not taken.</param>
    public IReadOnlyList<TranslationPair> Select(IReadOnlyList<TranslationPair> candidates, double precision,
        IDictionary<MinedDrop, long> drops) =>
        new TranslationSelector(functions.Cell, functions.Group, node => concepts.Of[node], options,
            model.Least(precision, functions.AreTests)).Select(candidates, drops);

    /// <summary>Returns all candidates with their probabilities, in the order of their nodes.</summary>
    public IReadOnlyList<TranslationPair> Candidates(IDictionary<MinedDrop, long> drops, IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        progress?.Report(new StageProgress("pairing functions", 0, 0));
        // The model weighs the pairs of all projects alike.
        var near = new SemanticPairs(concepts.Index.Candidates, rule with { UnrelatedThreshold = rule.Threshold }).Find(functions.IsWanted)
            .Where(pair => pair.Scope is PairScope.Ports or PairScope.Unrelated && pair.B < concepts.Index.Nodes.Functions)
            .ToDictionary(pair => (pair.A, pair.B));
        var pairs = functions.Names.Find((a, b) => a >> MinedFunctions.LanguageBits == b >> MinedFunctions.LanguageBits);
        pairs.UnionWith(near.Keys);
        pairs.RemoveWhere(pair => !IsWanted(pair));
        drops.Count(MinedDrop.Size, pairs.RemoveWhere(pair => Size(pair) < LeastSize));
        var (profiles, words) = Read(pairs.SelectMany(pair => (int[])[pair.A, pair.B]).ToHashSet(), progress, cancellation);
        drops.Count(MinedDrop.Trivial, pairs.RemoveWhere(pair => !profiles.TryGetValue(pair.A, out var a)
            || !profiles.TryGetValue(pair.B, out var b) || IsTrivial(a) || IsTrivial(b)));
        // One text in two languages, as a header that C and Objective-C share, is a copy.
        drops.Count(MinedDrop.Duplicate, pairs.RemoveWhere(pair => profiles[pair.A].Text == profiles[pair.B].Text));
        var ordered = pairs.Order().ToList();
        var context = new PairContext(ordered, profiles, words, functions.CellNumber, node => functions.Place(node).File,
            functions.ByFile(), pair => tests?.Count((functions.CellNumber(pair.A), profiles[pair.A]),
                (functions.CellNumber(pair.B), profiles[pair.B])) ?? 0);
        var found = new List<TranslationPair>();
        foreach (var pair in ordered)
        {
            cancellation.ThrowIfCancellationRequested();
            var signals = context.Compare(pair);
            MinedDrop? reason = signals.Name < LeastName ? MinedDrop.Name
                : Math.Min(context.Length(pair.A), context.Length(pair.B)) < PairContext.LeastSteps ? MinedDrop.Trivial
                : signals.Steps < LeastLikeness ? MinedDrop.Content : null;
            if (reason is { } drop)
            {
                drops.Count(drop);
                continue;
            }

            var edge = near.TryGetValue(pair, out var known) ? known : (SemanticPair?)null;
            found.Add(new TranslationPair(pair.A, pair.B, model.Probability(signals), signals, edge?.Cosine, edge?.Margin));
        }

        return found;
    }

    /// <summary>
    /// Returns what twin tests vouch for. Which tests count as twins does not depend on the precision wanted, so that each pair has one
    /// probability.
    /// </summary>
    /// <param name="candidates">All candidates among the tests.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public TestTwins Vouch(IReadOnlyList<TranslationPair> candidates, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var pairs = Select(candidates, Vouching, new Dictionary<MinedDrop, long>());
        var twins = new TestTwins();
        var profiles = Read([.. pairs.SelectMany(pair => (int[])[pair.A, pair.B])], progress, cancellation).Profiles;
        for (var twin = 0; twin < pairs.Count; twin++)
        {
            var (a, b) = (pairs[twin].A, pairs[twin].B);
            twins.Add(twin, functions.CellNumber(a), profiles[a]);
            twins.Add(twin, functions.CellNumber(b), profiles[b]);
        }

        return twins;
    }

    private static bool IsTrivial(FunctionProfile profile) =>
        profile.Distinct < LeastDistinct || 2 * profile.LiteralTokens >= profile.Tokens;

    private bool IsWanted((int A, int B) pair) =>
        functions.Language(pair.A) is var a && functions.Language(pair.B) is var b && (options.Wants(a, b) || options.Wants(b, a));

    private double Size((int A, int B) pair)
    {
        var (a, b) = (functions.Place(pair.A).Tokens, functions.Place(pair.B).Tokens);
        return Math.Min(a, b) / (double)Math.Max(a, b);
    }

    // Profiles of the functions that are in pairs, and the words of all functions of their repositories and languages.
    private (Dictionary<int, FunctionProfile> Profiles, PairContext.CellWords Words) Read(HashSet<int> nodes,
        IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var cells = nodes.Select(functions.CellNumber).ToHashSet();
        var (profiles, words, reader) = (new Dictionary<int, FunctionProfile>(), new PairContext.CellWords(), new ProfileReader());
        StoredFile? file = null;
        foreach (var brief in store.Briefs())
        {
            cancellation.ThrowIfCancellationRequested();
            if (functions.Find(brief.Row) is not (var node and >= 0) || !cells.Contains(functions.CellNumber(node)))
            {
                continue;
            }

            file = file?.Id == brief.File ? file : store.File(brief.File);
            var profile = reader.Read(brief, file, functions.Overloads(brief));
            words.Add(functions.CellNumber(node), profile);
            if (nodes.Contains(node))
            {
                profiles[node] = profile;
                progress?.Report(new StageProgress("comparing functions", profiles.Count, nodes.Count));
            }
        }

        return (profiles, words);
    }
}

/// <summary>Two functions, as nodes, that may be translations of each other.</summary>
/// <param name="A">The lower node.</param>
/// <param name="B">The higher node.</param>
/// <param name="Probability">The estimated probability that a strict reader calls them translations, in [0, 1].</param>
/// <param name="Signals">What the estimate rests on.</param>
/// <param name="Cosine">Cosine of their embeddings, in [-1, 1]; null where they are no pair of the semantic index.</param>
/// <param name="Margin">Their margin; null likewise.</param>
internal sealed record TranslationPair(int A, int B, double Probability, PairSignals Signals, float? Cosine, float? Margin);
