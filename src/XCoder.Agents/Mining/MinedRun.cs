using System.Globalization;
using System.Text.Json;
using XCoder.Agents.Licences;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining;

/// <summary>
/// Mines rows of parallel code, no chat model needed. Rows are made in one order and stored an epoch at once: the same inputs
/// and options give the same rows, whether or not a run was killed on the way, and fewer are the first of more.
/// </summary>
/// <param name="inputs">What is mined from.</param>
/// <param name="options">What is mined.</param>
internal sealed class MinedRun(MinedInputs inputs, MiningOptions options)
{
    private const string Rule = "4";
    private const int StyleTokens = 200;

    private readonly Dictionary<MinedDrop, long> _drops = [];
    private readonly Dictionary<(RowTask, string, string), int> _rows = [];
    private readonly Dictionary<string, int> _redactions = [];
    private int _made;
    private int _added;

    /// <summary>Hash of all that changes rows; how many of them are wanted does not.</summary>
    public string Key => RowId.Hash([
        "mined", Rule, inputs.Concepts.Index.Key, Number(inputs.Rule.Threshold), inputs.Licences.Name, inputs.Benchmarks.Hash, inputs.Repository ?? "", Number(options.Seed), Number(options.LeastTokens), Number(options.MostTokens), Number(options.Lead),
        Number(options.PerConcept), Number(options.PerRepositories), Number(options.StyleExamples), Number(options.EpochRows),
        string.Join(',', options.Tasks.Order()), string.Join(',', (options.Languages ?? []).Order(StringComparer.Ordinal)), string.Join(',', (options.Directions ?? []).Order().Select(pair => $"{pair.Source}:{pair.Target}")),
        .. inputs.Wordings.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value).Select(wording => wording.Hash)]);

    /// <summary>Mines.</summary>
    /// <param name="store">Where rows are kept.</param>
    /// <param name="onRow">Told of each row, in order, once it is stored.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellation">Ends the work; epochs that are stored are kept.</param>
    public MinedSummary Run(GenerationStore store, Action<InstructionRow>? onRow = null, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        using var snippets = inputs.Workspace.OpenStore();
        progress?.Report(new StageProgress("reading functions", 0, 0));
        var selected = inputs.Repository is { } repository ? snippets.RowIds(StoreSelection.Of(repository)).ToHashSet() : null;
        var functions = MinedFunctions.Read(snippets, inputs.Concepts.Index.Nodes, selected, options, _drops, cancellation);
        var isTwin = options.Tasks.Any(task => task.HasTwin());
        var twins = isTwin ? new TranslationSearch(snippets, inputs.Concepts, functions, inputs.Rule, options).Find(_drops, progress, cancellation) : [];
        var items = MinedOrder.Of([.. Items(functions, twins)], node => functions.Cell(node).Language, node => inputs.Concepts.Index.Nodes.Content[node], options.Seed);
        var run = store.BeginRun(Key, "mined", JsonSerializer.Serialize(new { options.Seed, options.Tasks, options.Languages, Licences = inputs.Licences.Name, inputs.Repository, inputs.Rule.Threshold }, RowJson.Options), inputs.Time.GetUtcNow());
        var reader = new MinedReader(snippets, functions, inputs.Guard, inputs.Licences, inputs.Benchmarks);
        var builder = new MinedRowBuilder(inputs.Catalog, inputs.Wordings, options.Seed);
        var (epoch, done, notices) = (0, 0, new NoticeReader());
        foreach (var some in items.Chunk(options.EpochRows).TakeWhile(_ => _made < options.Count))
        {
            cancellation.ThrowIfCancellationRequested();
            Store(store, run, epoch++, Rows(some, functions, twins, reader, builder, notices), onRow);
            done += some.Length;
            progress?.Report(new StageProgress("mining", Math.Max(done, _made), options.Count < items.Count ? Math.Max(options.Count, done) : items.Count));
        }

        if (done == items.Count)
        {
            store.FinishRun(run.Id, inputs.Time.GetUtcNow());
        }

        return new MinedSummary { Run = run.Id, Twins = twins.Count, Rows = _rows, Added = _added, Drops = _drops.Where(drop => drop.Value > 0).ToDictionary(), Redactions = _redactions };
    }

    private IEnumerable<MinedItem> Items(MinedFunctions functions, IReadOnlyList<TranslationPair> twins)
    {
        for (var pair = 0; pair < twins.Count; pair++)
        {
            foreach (var (source, target) in ((int, int)[])[(twins[pair].A, twins[pair].B), (twins[pair].B, twins[pair].A)])
            {
                if (options.Wants(functions.Language(source), functions.Language(target)))
                {
                    foreach (var task in options.Tasks.Where(task => task.HasTwin()))
                    {
                        yield return new MinedItem(task, source, target, pair);
                    }
                }
            }
        }

        var alone = options.Tasks.Where(task => task.NeedsDocumentation()).ToList();
        var (groups, concepts) = (new HashSet<int>(), new Dictionary<(int, int), int>());
        foreach (var node in alone.Count == 0 ? [] : functions.All.Where(functions.IsDocumented).Where(node => options.Wants(functions.Language(node), functions.Language(node))))
        {
            var cell = (inputs.Concepts.Of[node], functions.Cell(node).Language);
            if (!groups.Add(functions.Group(node)))
            {
                Drop(MinedDrop.Duplicate);
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

    private List<(InstructionRow Row, IReadOnlyList<LicenceNotice> Notices)> Rows(MinedItem[] items, MinedFunctions functions, IReadOnlyList<TranslationPair> twins, MinedReader reader, MinedRowBuilder builder, NoticeReader notices)
    {
        var rows = new List<(InstructionRow, IReadOnlyList<LicenceNotice>)>();
        var examples = items.Where(item => item.Task == RowTask.Port).ToDictionary(item => item, item => functions.Beside(item.Target, StyleTokens).Take(4 * options.StyleExamples).ToList());
        var codes = reader.Read(items.SelectMany(item => (int[])[item.Source, item.Target]).Concat(examples.Values.SelectMany(nodes => nodes)));
        foreach (var item in items)
        {
            var (source, target) = (codes[item.Source], codes[item.Target]);
            var shown = item.Task == RowTask.Port ? examples[item].Select(node => codes[node].Code).OfType<MinedCode>().Take(options.StyleExamples).ToList() : [];
            if ((source.Drop ?? target.Drop ?? Reject(item.Task, target.Code!, shown)) is { } reason)
            {
                Drop(reason);
                continue;
            }

            var pair = item.Pair < 0 ? null : twins[item.Pair];
            var row = builder.Build(
                item.Task, source.Code!, target.Code!, shown,
                pair is null ? null : new PairEvidence(Math.Round(pair.Cosine, 4), Math.Round(pair.Margin, 4), inputs.Rule.Threshold, inputs.Basis.Precision?.Value, inputs.Basis.Model, pair.Signals.Known()),
                inputs.Concepts.Of[item.Target] is var concept and >= 0 ? inputs.Concepts.Concepts[concept].Id : null, inputs.Time.GetUtcNow());
            if (inputs.Benchmarks.Find(row) is not null)
            {
                Drop(MinedDrop.Benchmark);
                continue;
            }

            var needed = ((MinedCode[])[source.Code!, target.Code!, .. shown]).Select(code => notices.Read(code.Origin)).OfType<LicenceNotice>().DistinctBy(notice => notice.Id).ToList();
            rows.Add((row with { Notices = [.. needed.Select(notice => notice.Id)] }, needed));
        }

        return rows;
    }

    private static MinedDrop? Reject(RowTask task, MinedCode target, IReadOnlyList<MinedCode> shown) =>
        task == RowTask.Port ? shown.Count == 0 ? MinedDrop.Style : null
        : task.NeedsDocumentation() && target.Description is null ? MinedDrop.Documentation
        : null;

    private void Store(GenerationStore store, StoredRun run, int epoch, List<(InstructionRow Row, IReadOnlyList<LicenceNotice> Notices)> rows, Action<InstructionRow>? onRow)
    {
        var wanted = rows.Take(options.Count - _made).ToList();
        var known = wanted.Select(row => store.Find(row.Row.Id)).ToList();
        _made += wanted.Count;
        for (var i = 0; i < wanted.Count; i++)
        {
            var row = wanted[i].Row;
            _rows[(row.Task, row.SourceLanguage, row.TargetLanguage)] = _rows.GetValueOrDefault((row.Task, row.SourceLanguage, row.TargetLanguage)) + 1;
            foreach (var (kind, count) in row.Redactions)
            {
                _redactions[kind] = _redactions.GetValueOrDefault(kind) + count;
            }
        }

        // A row's ordinal is its place in the epoch, whether or not it was stored before: a run may be taken up again.
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
                _added += store.AddRows(run.Id, epoch, [.. wanted[i..end].Select(row => row.Row)], i, wanted[i..end].SelectMany(row => row.Notices).DistinctBy(notice => notice.Id));
            }

            i = end + 1;
        }

        for (var i = 0; i < wanted.Count && onRow is not null; i++)
        {
            onRow(known[i] ?? wanted[i].Row);
        }
    }

    private void Drop(MinedDrop reason) => _drops[reason] = _drops.GetValueOrDefault(reason) + 1;

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
