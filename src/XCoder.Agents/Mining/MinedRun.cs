using System.Globalization;
using System.Text.Json;
using XCoder.Agents.Licences;
using XCoder.Agents.Mining.Translations;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>
/// Mines rows from parallel code, without a chat model. Rows have a fixed order and are stored epoch by epoch: equal inputs and options
/// give equal rows, even when a run was interrupted, and a smaller count gives the first rows of a larger one.
/// </summary>
/// <param name="inputs">The inputs of the run.</param>
/// <param name="options">Limits, tasks and languages.</param>
internal sealed class MinedRun(MinedInputs inputs, MiningOptions options)
{
    private const string Rule = "7";
    private const int StyleTokens = 200;

    private readonly Dictionary<MinedDrop, long> _drops = [];
    private readonly Dictionary<(RowTask, string, string), int> _rows = [];
    private readonly Dictionary<string, int> _redactions = [];
    private int _made;
    private int _added;

    /// <summary>Hash over everything that changes rows. The number of rows is not part of it.</summary>
    public string Key => RowId.Hash([
        "mined", Rule, inputs.Concepts.Index.Key, Number(inputs.Rule.Threshold), inputs.Licences.Name, inputs.Benchmarks.Hash,
        inputs.Repository ?? "", PairModel.Shipped.Hash, Number(options.Seed), Number(options.LeastTokens), Number(options.MostTokens),
        Number(options.Lead), Number(options.Precision),
        Number(options.PerConcept), Number(options.PerRepositories), Number(options.StyleExamples), Number(options.EpochRows),
        string.Join(',', options.Tasks.Order()), string.Join(',', (options.Languages ?? []).Order(StringComparer.Ordinal)),
        string.Join(',', (options.Directions ?? []).Order().Select(pair => $"{pair.Source}:{pair.Target}")),
        .. inputs.Wordings.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value).Select(wording => wording.Hash)]);

    /// <summary>Mines rows and stores them.</summary>
    /// <param name="store">The store of rows.</param>
    /// <param name="onRow">Receives each row in order, after it is stored; null for none.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellation">Ends the work; stored epochs are kept.</param>
    public MinedSummary Run(GenerationStore store, Action<InstructionRow>? onRow = null, IProgress<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        using var snippets = inputs.Workspace.OpenStore();
        progress?.Report(new StageProgress("reading functions", 0, 0));
        var selected = inputs.Repository is { } repository ? snippets.RowIds(StoreSelection.Of(repository)).ToHashSet() : null;
        var (code, tests) = Sources(snippets, selected, progress, cancellation);
        var items = MinedOrder.Of([.. Items(code), .. Items(tests)], node => code.Functions.Cell(node).Language,
            node => inputs.Concepts.Index.Nodes.Content[node], options.Seed);
        var run = store.BeginRun(Key, "mined",
            JsonSerializer.Serialize(new { options.Seed, options.Tasks, options.Languages, Licences = inputs.Licences.Name,
                inputs.Repository, inputs.Rule.Threshold }, RowJson.Options), inputs.Time.GetUtcNow());
        var builder = new MinedRowBuilder(inputs.Catalog, inputs.Wordings, options.Seed);
        var (epoch, done, notices) = (0, 0, new NoticeReader());
        foreach (var some in items.Chunk(options.EpochRows).TakeWhile(_ => _made < options.Count))
        {
            cancellation.ThrowIfCancellationRequested();
            Store(store, run, epoch++, Rows(some, code, tests, builder, notices), onRow);
            done += some.Length;
            progress?.Report(new StageProgress("mining", Math.Max(done, _made),
                options.Count < items.Count ? Math.Max(options.Count, done) : items.Count));
        }

        if (done == items.Count || _made >= options.Count)
        {
            store.FinishRun(run.Id, inputs.Time.GetUtcNow());
        }

        return new MinedSummary { Run = run.Id, Twins = code.Twins.Count, TestTwins = tests.Twins.Count,
            Precision = options.Precision, Rows = _rows, Added = _added, Drops = _drops.Where(drop => drop.Value > 0).ToDictionary(),
            Redactions = _redactions };
    }

    // Twin tests are found first: they vouch for what they call.
    private (MinedSource Code, MinedSource Tests) Sources(SnippetStore snippets, IReadOnlySet<long>? selected,
        IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var (areWanted, hasTwins) = (options.Tasks.Any(task => task.IsOfTests()), options.Tasks.Any(task => task.HasTwin()));
        var drops = areWanted ? _drops : new Dictionary<MinedDrop, long>();
        var (tests, twinTests, vouched) = (Read(true), (IReadOnlyList<TranslationPair>)[], (TestTwins?)null);
        if (hasTwins)
        {
            var search = Search(tests, null);
            var candidates = search.Candidates(drops, progress, cancellation);
            vouched = search.Vouch(candidates, progress, cancellation);
            twinTests = areWanted ? search.Select(candidates, options.Precision, drops) : [];
        }

        drops = options.Tasks.All(task => task.IsOfTests()) ? [] : _drops;
        var code = Read(false);
        var twins = options.Tasks.Any(task => task.HasTwin() && !task.IsOfTests())
            ? Search(code, vouched).Find(drops, progress, cancellation) : [];
        if (areWanted)
        {
            _drops.Remove(MinedDrop.Test);
        }

        return (Source(code, twins), Source(tests, twinTests));

        MinedFunctions Read(bool areTests) =>
            MinedFunctions.Read(snippets, inputs.Concepts.Index.Nodes, selected, options, drops, areTests, cancellation);
        TranslationSearch Search(MinedFunctions functions, TestTwins? vouching) =>
            new(snippets, inputs.Concepts, functions, inputs.Rule, options, PairModel.Shipped, vouching);
        MinedSource Source(MinedFunctions functions, IReadOnlyList<TranslationPair> pairs) => new(functions, pairs,
            new MinedReader(snippets, functions, inputs.Guard, inputs.Licences, inputs.Benchmarks));
    }

    private IEnumerable<MinedItem> Items(MinedSource from)
    {
        var (functions, twins, areTests) = (from.Functions, from.Twins, from.Functions.AreTests);
        for (var pair = 0; pair < twins.Count; pair++)
        {
            foreach (var (source, target) in ((int, int)[])[(twins[pair].A, twins[pair].B), (twins[pair].B, twins[pair].A)])
            {
                if (options.Wants(functions.Language(source), functions.Language(target)))
                {
                    foreach (var task in options.Tasks.Where(task => task.HasTwin() && task.IsOfTests() == areTests))
                    {
                        yield return new MinedItem(task, source, target, pair);
                    }
                }
            }
        }

        var alone = options.Tasks.Where(task => task.NeedsDocumentation() && !areTests).ToList();
        var (groups, concepts) = (new HashSet<int>(), new Dictionary<(int, int), int>());
        foreach (var node in alone.Count == 0 ? [] : functions.All.Where(functions.IsDocumented)
            .Where(node => options.Wants(functions.Language(node), functions.Language(node))))
        {
            var cell = (inputs.Concepts.Of[node], functions.Cell(node).Language);
            if (!groups.Add(functions.Duplicates(node)))
            {
                Drop(MinedDrop.Duplicate);
            }
            else if (functions.SharesDocumentation(node))
            {
                Drop(MinedDrop.Documentation);
            }
            else if (cell.Item1 >= 0 && (concepts[cell] = concepts.GetValueOrDefault(cell) + 1) > options.PerConcept)
            {
                Drop(MinedDrop.Enough);
            }
            else
            {
                foreach (var task in alone)
                {
                    yield return new MinedItem(task, node, node, -1);
                }
            }
        }
    }

    private List<(InstructionRow Row, IReadOnlyList<LicenceNotice> Notices)> Rows(MinedItem[] items, MinedSource code,
        MinedSource tests, MinedRowBuilder builder, NoticeReader notices)
    {
        var rows = new List<(InstructionRow, IReadOnlyList<LicenceNotice>)>();
        var examples = items.Where(item => item.Task == RowTask.Port)
            .ToDictionary(item => item, item => code.Functions.Beside(item.Target, StyleTokens).Take(4 * options.StyleExamples).ToList());
        var codes = code.Reader.Read(Nodes(false).Concat(examples.Values.SelectMany(nodes => nodes)));
        var codesOfTests = tests.Reader.Read(Nodes(true));
        foreach (var item in items)
        {
            var (source, target) = item.Task.IsOfTests() ? (codesOfTests[item.Source], codesOfTests[item.Target])
                : (codes[item.Source], codes[item.Target]);
            var shown = item.Task == RowTask.Port ? examples[item].Select(node => codes[node].Code).OfType<MinedCode>()
                .Take(options.StyleExamples).ToList() : [];
            if ((source.Drop ?? target.Drop ?? Reject(item.Task, target.Code!, shown)) is { } reason)
            {
                Drop(reason);
                continue;
            }

            var pair = item.Pair < 0 ? null : (item.Task.IsOfTests() ? tests : code).Twins[item.Pair];
            var row = builder.Build(
                item.Task, source.Code!, target.Code!, shown,
                pair is null ? null : Evidence(pair),
                inputs.Concepts.Of[item.Target] is var concept and >= 0 ? inputs.Concepts.Concepts[concept].Id : null,
                inputs.Time.GetUtcNow());
            if (inputs.Benchmarks.Find(row) is not null)
            {
                Drop(MinedDrop.Benchmark);
                continue;
            }

            var needed = ((MinedCode[])[source.Code!, target.Code!, .. shown]).Select(code => notices.Read(code.Origin))
                .OfType<LicenceNotice>().DistinctBy(notice => notice.Id).ToList();
            rows.Add((row with { Notices = [.. needed.Select(notice => notice.Id)] }, needed));
        }

        return rows;

        IEnumerable<int> Nodes(bool ofTests) => items.Where(item => item.Task.IsOfTests() == ofTests)
            .SelectMany(item => (int[])[item.Source, item.Target]);
    }

    private PairEvidence Evidence(TranslationPair pair) => new(Math.Round(pair.Probability, 3), options.Precision,
        pair.Cosine is { } cosine ? Math.Round(cosine, 4) : null, pair.Margin is { } margin ? Math.Round(margin, 4) : null,
        inputs.Basis.Model, pair.Signals.All().ToDictionary(signal => signal.Name, signal => Math.Round(signal.Value, 3)));

    private static MinedDrop? Reject(RowTask task, MinedCode target, IReadOnlyList<MinedCode> shown) =>
        task == RowTask.Port ? shown.Count == 0 ? MinedDrop.Style : null
        : task.NeedsDocumentation() && target.Description is null ? MinedDrop.Documentation
        : null;

    private void Store(GenerationStore store, StoredRun run, int epoch,
        List<(InstructionRow Row, IReadOnlyList<LicenceNotice> Notices)> rows, Action<InstructionRow>? onRow)
    {
        var wanted = rows.Take(options.Count - _made).ToList();
        var known = wanted.Select(row => store.Find(row.Row.Id)).ToList();
        _made += wanted.Count;
        for (var i = 0; i < wanted.Count; i++)
        {
            var row = wanted[i].Row;
            var key = (row.Task, row.SourceLanguage, row.TargetLanguage);
            _rows[key] = _rows.GetValueOrDefault(key) + 1;
            foreach (var (kind, count) in row.Redactions)
            {
                _redactions[kind] = _redactions.GetValueOrDefault(kind) + count;
            }
        }

        // A row's ordinal is its position in the epoch, so a resumed run must not renumber rows that are already stored.
        var start = known.FindIndex(row => row is null);
        for (var i = Math.Max(0, start); start >= 0 && i < wanted.Count;)
        {
            var end = i;
            while (end < wanted.Count && known[end] is null)
            {
                end++;
            }

            if (end > i)
            {
                _added += store.AddRows(run.Id, epoch, [.. wanted[i..end].Select(row => row.Row)], i,
                    wanted[i..end].SelectMany(row => row.Notices).DistinctBy(notice => notice.Id));
            }

            i = end + 1;
        }

        for (var i = 0; i < wanted.Count && onRow is not null; i++)
        {
            onRow(known[i] ?? wanted[i].Row);
        }
    }

    private void Drop(MinedDrop reason) => _drops.Count(reason);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>Functions to mine, all of them tests or none, and the pairs among them.</summary>
/// <param name="Functions">The functions.</param>
/// <param name="Twins">The pairs, most probable first.</param>
/// <param name="Reader">Reads the functions' code.</param>
internal sealed record MinedSource(MinedFunctions Functions, IReadOnlyList<TranslationPair> Twins, MinedReader Reader);

/// <summary>
/// Orders rows: one of each task and direction in turn, in random order within each. So the first hundred rows are as varied as all of
/// them.
/// </summary>
internal static class MinedOrder
{
    /// <summary>Orders the items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="language">Returns the number of a node's language.</param>
    /// <param name="key">Returns a node's number, which is the same on every machine.</param>
    /// <param name="seed">Seed of the random order.</param>
    public static IReadOnlyList<MinedItem> Of(IReadOnlyList<MinedItem> items, Func<int, int> language, Func<int, ulong> key, int seed)
    {
        var turns = items.GroupBy(item => (item.Task, Source: language(item.Source), Target: language(item.Target)))
            .SelectMany(bucket => bucket.OrderBy(item => Hash(item, key, seed)).ThenBy(item => item.Source).ThenBy(item => item.Target)
                .Select((item, turn) => (item, turn)));
        return [.. turns.OrderBy(entry => entry.turn).ThenBy(entry => Hash(entry.item, key, seed)).ThenBy(entry => entry.item.Task)
            .ThenBy(entry => entry.item.Source).ThenBy(entry => entry.item.Target).Select(entry => entry.item)];
    }

    private static ulong Hash(MinedItem item, Func<int, ulong> key, int seed) =>
        SpanHash.Spread(key(item.Source) ^ SpanHash.Spread(key(item.Target) + (ulong)item.Task) ^ SpanHash.Spread((ulong)(uint)seed + 1));
}

/// <summary>A row to be built.</summary>
/// <param name="Task">The task.</param>
/// <param name="Source">Node of the code that the row starts from.</param>
/// <param name="Target">Node of the code that answers; equal to <paramref name="Source"/> when the task needs no pair.</param>
/// <param name="Pair">Index of the translation pair, or -1.</param>
internal readonly record struct MinedItem(RowTask Task, int Source, int Target, int Pair);

/// <summary>Builds rows from functions.</summary>
/// <param name="catalog">The languages, for their names.</param>
/// <param name="wordings">The wordings of each task.</param>
/// <param name="seed">Seed for the choice of wordings.</param>
internal sealed class MinedRowBuilder(LanguageCatalog catalog, IReadOnlyDictionary<RowTask, IReadOnlyList<Wording>> wordings, int seed)
{
    private const string Prose = "text";

    /// <summary>Builds the row of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="source">The code that the row starts from.</param>
    /// <param name="target">The code that answers; the same as <paramref name="source"/> when the task needs no pair.</param>
    /// <param name="examples">Functions that show the repository's style.</param>
    /// <param name="pair">Evidence that source and target are translations, or null.</param>
    /// <param name="concept">Id of the target's concept, or null.</param>
    /// <param name="now">Creation time of the row.</param>
    public InstructionRow Build(RowTask task, MinedCode source, MinedCode target, IReadOnlyList<MinedCode> examples, PairEvidence? pair,
        string? concept, DateTimeOffset now)
    {
        var (from, to) = (source.Origin.Snippet, target.Origin.Snippet);
        var wording = Choose(task, from.Id, to.Id);
        var lineage = new List<Lineage> { Place(LineageRole.Seed, source) };
        if (source != target)
        {
            lineage.Add(Place(LineageRole.Twin, target));
        }

        lineage.AddRange(examples.Select(example => Place(LineageRole.Context, example)));
        var says = task.NeedsDocumentation();
        var row = new InstructionRow
        {
            Id = "",
            Dataset = RowKind.Mined.Dataset,
            Task = task,
            SourceLanguage = from.Language,
            TargetLanguage = to.Language,
            Instruction = wording.Render(Values(task, source, target, examples)),
            Response = task == RowTask.Documentation ? target.Description! : Fenced(says ? target.Bare : target.Code, to),
            Seeds = [from.Id],
            Neighbours = pair?.Cosine is { } cosine ? [new RowNeighbour(to.Id, cosine)] : [],
            Concept = concept,
            Protocol = Protocol.Mined.Name,
            Rounds = 0,
            Critique = new RowCritique { Verdict = Verdict.Accept, Scores = new Dictionary<string, double>(),
                Merits = Merits(task, target, pair) },
            Verification = Verify(task, to),
            Pair = pair,
            Lineage = lineage,
            Licence = SpdxExpression.Join(lineage.Select(place => place.Licence)),
            Redactions = says ? target.Redactions : new Dictionary<string, int>(),
            PromptHash = wording.Hash,
            CreatedAt = now,
        };
        return row with { Id = RowId.Of(row) };
    }

    private Wording Choose(RowTask task, string source, string target)
    {
        var known = wordings[task];
        var hash = RowId.Hash(task.ToString(), source, target, seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return known[(int)(Convert.ToUInt32(hash[..8], 16) % (uint)known.Count)];
    }

    private Dictionary<string, object?> Values(RowTask task, MinedCode source, MinedCode target, IReadOnlyList<MinedCode> examples) => new()
    {
        ["source"] = NameOf(source),
        ["target"] = NameOf(target),
        ["code"] = Fenced(task == RowTask.Documentation ? source.Bare : source.Code, source.Origin.Snippet),
        ["scope"] = Inline(source.Scope),
        ["target_scope"] = Inline(target.Scope),
        ["name"] = Inline(target.Origin.Snippet.Name),
        ["documentation"] = CodeFence.Around(target.Description ?? "", Prose),
        ["signature"] = Fenced(target.Origin.Snippet.Signature, target.Origin.Snippet),
        ["examples"] = string.Join("\n\n", examples.Select(example => Fenced(example.Code, example.Origin.Snippet))),
    };

    private string NameOf(MinedCode code) => catalog.Find(code.Origin.Snippet.Language)?.Name ?? code.Origin.Snippet.Language;

    private static string Fenced(string code, Snippet snippet) => CodeFence.Around(code, snippet.Language);

    // The name is placed between backticks on one line.
    private static string Inline(string name) => string.Concat(name.Where(c => !char.IsControl(c) && c != '`'));

    private static Lineage Place(LineageRole role, MinedCode code)
    {
        var (snippet, repository) = (code.Origin.Snippet, code.Origin.Repository);
        return new Lineage(role, snippet.Repository, repository.Remote, repository.Commit, snippet.Path, snippet.Span.StartLine,
            snippet.Span.EndLine, code.Origin.Licence?.Spdx, snippet.Id);
    }

    private static string[] Merits(RowTask task, MinedCode target, PairEvidence? pair) => pair is null
        ? [$"documented by its author in {target.Description!.Split(' ').Length} words"]
        : [FormattableString.Invariant($"probability {pair.Probability:0.00} that both behave alike"),
            FormattableString.Invariant($"steps agree: {pair.Signals.GetValueOrDefault("steps"):0.00}"),
            .. task == RowTask.Port ? (string[])["the repository's own code is the answer"] : []];

    private RowVerification Verify(RowTask task, Snippet snippet) => task == RowTask.Documentation
        ? new RowVerification(RowStatus.Unverifiable,
            [new GateEvidence(GateNames.Parse, GateOutcome.Unknown, GateReason.Prose,
                Detail: "prose; the code it documents holds no syntax error")])
        : new RowVerification(RowStatus.ParsedOnly, [new GateEvidence(GateNames.Parse, GateOutcome.Passed, GateReason.ParsedInItsFile,
            Detail: $"{catalog.Find(snippet.Language)?.Parser ?? "parser"}, {snippet.Language}: no syntax error in "
                + $"lines {snippet.Span.StartLine} to {snippet.Span.EndLine} of its file")]);
}
