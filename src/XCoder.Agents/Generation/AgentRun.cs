using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Licences;
using XCoder.Agents.Prompts;
using XCoder.Agents.Redaction;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Agents.Verification;

namespace XCoder.Agents.Generation;

/// <summary>
/// Writes rows with language agents, epoch by epoch: seeds, memory and gaps are frozen at an epoch's start; its rows are
/// merged in their planned order at its end, in one transaction. So the order in which answers arrive changes nothing, and a
/// run that was killed goes on with the epoch it was in: answers that were recorded are not asked for again.
/// </summary>
internal sealed class AgentRun
{
    /// <summary>What the store says of the kind of such a run.</summary>
    public const string Kind = "agents";

    private readonly AgentWorkspace _workspace;
    private readonly GenerationStore _store;
    private readonly IChatGateway _gateway;
    private readonly PromptLibrary _prompts;
    private readonly GenerationOptions _options;
    private readonly TimeProvider _time;
    private readonly string _chatModel;
    private readonly LicencePolicy _licences;

    /// <summary>A run.</summary>
    /// <param name="workspace">What it reads.</param>
    /// <param name="store">Where rows go; used by one thread.</param>
    /// <param name="gateway">Where questions go.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">What it is to do.</param>
    /// <param name="chatModel">Name of the chat model.</param>
    /// <param name="time">Clock of the rows' times.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="FormatException">The licences are none.</exception>
    public AgentRun(AgentWorkspace workspace, GenerationStore store, IChatGateway gateway, PromptLibrary prompts, GenerationOptions options,
        string chatModel, TimeProvider time)
    {
        options.Validate();
        (_workspace, _store, _gateway, _prompts, _options, _chatModel, _time) =
            (workspace, store, gateway, prompts, options, chatModel, time);
        _licences = LicencePolicy.Parse(options.Licences);
    }

    /// <summary>Begins the run, or goes on with it.</summary>
    /// <param name="progress">Told when a row is done.</param>
    /// <param name="cancellation">Ends the run; finished epochs and recorded answers are kept.</param>
    /// <exception cref="RunMismatchException">The run was begun with other options.</exception>
    /// <exception cref="EndpointException">The endpoint cannot be used any more.</exception>
    public async Task<GenerationSummary> RunAsync(IProgress<GenerationProgress>? progress = null, CancellationToken cancellation = default)
    {
        var clock = new StageClock(_time);
        var run = Begin(_workspace, _store, _prompts, _options, _chatModel, _time.GetUtcNow());
        var pool = SeedPool.Open(_workspace, _options, _licences, cancellation);
        clock.Lap("seeds");
        var state = RunState.Read(_store, run.Id, pool.Seeds, _options);
        var guard = new SensitiveTextGuard();
        using var journal = RowJournal.OfAnswers(_workspace.Workspace.Folder, cancellation);
        using var check = new CodeCheck(_workspace.Catalog, journal);
        using var preparer = new ItemPreparer(_workspace, _options, guard, _licences, new TranslationTasks(_prompts));
        var styles = StyleFacts.Of(_workspace.Store.Briefs(), _workspace.Catalog.FamilyOf);
        var dialogue = new RowDialogue(_gateway, _prompts, _options.Dialogue, _options.Memory);
        var worker = new EpochWorker(dialogue, check, _options);
        var builder = new RowBuilder(guard, new NoticeReader(), check, _workspace.Catalog.FamilyOf, _options.Run, _chatModel,
            TranslationTasks.HashOf(_prompts));
        using var merger = new EpochMerger(_workspace, _store, builder, dialogue, _options, _time);
        clock.Lap("state");
        string? ended = null;
        var isOutOfBudget = false;
        while (state.Planned < _options.Count && !isOutOfBudget)
        {
            cancellation.ThrowIfCancellationRequested();
            var items = state.Scheduler.Plan(Math.Min(_options.Epoch, _options.Count - state.Planned));
            if (items.Count == 0)
            {
                ended = "There is no seed left to write from: index more repositories, allow more --language or --licences.";
                break;
            }

            clock.Lap("plan");
            var prepared = preparer.Prepare(items, AgentOf, cancellation);
            clock.Lap("prepare");
            var results = await worker.WriteAsync(prepared, result => progress?.Report(ProgressOf(state, result)), cancellation);
            clock.Lap("write");
            isOutOfBudget = results.Any(result => result is null);
            await merger.EndAsync(run.Id, state, prepared, results, AgentOf, cancellation);
            clock.Lap("merge");
        }

        if (state.Planned >= _options.Count)
        {
            _store.FinishRun(run.Id, _time.GetUtcNow());
        }

        return new GenerationSummary
        {
            Run = run.Id,
            Epochs = state.Epochs,
            Outcomes = state.Outcomes,
            Count = _options.Count,
            Ended = isOutOfBudget
                ? "The budget is spent. What was written is kept; run it again with a higher --max-cost or --max-requests to go on."
                : ended,
            IsOutOfBudget = isOutOfBudget,
            Seeds = pool.Seeds.Count,
            Unlicensed = pool.Unlicensed,
            ContaminatedSeeds = pool.Contaminated,
            ContaminatedRows = state.Contaminated,
            Timings = clock.Seconds,
        };

        Agent AgentOf(string language) =>
            state.Agent(language, _workspace.Catalog.Find(language)?.Name ?? language, styles.GetValueOrDefault(language) ?? "",
                _workspace.Toolchains.Toolchains.FirstOrDefault(toolchain => toolchain.Language == language)?.Guide ?? "");
    }

    /// <summary>Begins a run in the store, or finds it there.</summary>
    /// <param name="workspace">What it reads.</param>
    /// <param name="store">Where rows go.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">What it is to do.</param>
    /// <param name="chatModel">Name of the chat model.</param>
    /// <param name="now">Time.</param>
    /// <exception cref="RunMismatchException">It was begun with other options.</exception>
    public static StoredRun Begin(AgentWorkspace workspace, GenerationStore store, PromptLibrary prompts, GenerationOptions options,
        string chatModel, DateTimeOffset now)
    {
        var description = RunKey.Describe(options, chatModel, workspace.Model.Hash, TranslationTasks.HashOf(prompts),
            workspace.Benchmarks.Hash);
        var run = store.BeginRun(RunKey.Of(options.Run), Kind, description, now);
        if (run.Options != description)
        {
            var differences = RunKey.Differences(run.Options, description)
                .Select(item => $"{item.Name} was {item.First}, now {item.Second}");
            throw new RunMismatchException(
                $"The run '{options.Run}' was begun with other options: {string.Join("; ", differences)}. Rows of both would mix. Go on "
                    + $"with the options it was begun with, or begin another with --run NAME.");
        }

        return run;
    }

    private GenerationProgress ProgressOf(RunState state, EpochTally tally) => new(
        state.Epochs, state.Planned + tally.Done, _options.Count,
        state.Outcomes.GetValueOrDefault(Outcomes.Accept) + tally.Accepted, state.Revisions + tally.Revised,
        state.Outcomes.GetValueOrDefault(Outcomes.Reject) + tally.Rejected, state.Outcomes.GetValueOrDefault(Outcomes.Lost) + tally.Lost);
}

/// <summary>Writes the rows of an epoch, several at a time.</summary>
internal sealed class EpochWorker(RowDialogue dialogue, CodeCheck check, GenerationOptions options)
{
    // A row that an endpoint in trouble left without an answer waits for the others and is tried again.
    private const int MostPasses = 8;

    /// <summary>Results in the order of the items; null where the budget was spent before.</summary>
    /// <exception cref="EndpointException">The endpoint gave nothing any more.</exception>
    public async Task<DialogueResult?[]> WriteAsync(IReadOnlyList<PreparedItem> items, Action<EpochTally> done,
        CancellationToken cancellation)
    {
        var results = new DialogueResult?[items.Count];
        var (isSpent, tally) = (false, new EpochTally(0, 0, 0, 0, 0));
        var open = Enumerable.Range(0, items.Count).ToList();
        ChatFailure? trouble = null;
        for (var pass = 0; open.Count > 0 && !isSpent; pass++)
        {
            if (pass == MostPasses)
            {
                throw new EndpointException(
                    $"{open.Count} rows of the epoch have no answer after {MostPasses} tries: {trouble?.Message} What was answered is "
                        + $"recorded; run the same command again to go on.");
            }

            await Parallel.ForEachAsync(open,
                new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellation }, async (i, token) =>
            {
                if (Volatile.Read(ref isSpent))
                {
                    return;
                }

                var result = await WriteAsync(items[i], token);
                switch (result.Failure?.Kind)
                {
                    case ChatFailureKind.Budget:
                        Volatile.Write(ref isSpent, true);
                        return;
                    case ChatFailureKind.Unavailable:
                        Volatile.Write(ref trouble, result.Failure);
                        return;
                }

                lock (results)
                {
                    results[i] = result;
                    tally = tally.With(result);
                    done(tally);
                }
            });
            open.RemoveAll(i => results[i] is not null);
        }

        return results;
    }

    private async Task<DialogueResult> WriteAsync(PreparedItem item, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await dialogue.RunAsync(item.Task with { Attempt = (item.Item.Use * (options.Attempts + 1)) + attempt },
                check.For(item.Item.Target), cancellation);
            if (result.Failure is not { } failure || failure.Kind is ChatFailureKind.Budget or ChatFailureKind.Unavailable
                || attempt == options.Attempts)
            {
                return result;
            }
        }
    }
}

/// <summary>How far an epoch is.</summary>
/// <param name="Done">Rows that are written or lost.</param>
/// <param name="Accepted">Accepted ones.</param>
/// <param name="Revised">Revisions.</param>
/// <param name="Rejected">Rejected ones.</param>
/// <param name="Lost">Rows without a usable answer.</param>
internal sealed record EpochTally(int Done, int Accepted, int Revised, int Rejected, int Lost)
{
    /// <summary>This tally with one more result.</summary>
    public EpochTally With(DialogueResult result) => new(
        Done + 1,
        Accepted + (result.Critique?.Verdict == Verdict.Accept ? 1 : 0),
        Revised + result.Revisions,
        Rejected + (result.Critique?.Verdict == Verdict.Reject ? 1 : 0),
        Lost + (result.Failure is not null ? 1 : 0));
}

/// <summary>Where a session's time goes: what passed since the last lap belongs to the stage that is named.</summary>
internal sealed class StageClock(TimeProvider time)
{
    private readonly Dictionary<string, TimeSpan> _spent = [];
    private long _mark = time.GetTimestamp();

    /// <summary>Seconds by stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _spent.ToDictionary(stage => stage.Key, stage => stage.Value.TotalSeconds);

    /// <summary>Ends a lap.</summary>
    public void Lap(string stage)
    {
        var now = time.GetTimestamp();
        _spent[stage] = _spent.GetValueOrDefault(stage) + time.GetElapsedTime(_mark, now);
        _mark = now;
    }
}

/// <summary>How far a run is.</summary>
/// <param name="Epoch">Number of the epoch, from 0.</param>
/// <param name="Done">Rows of the run that are written or lost, those of the epoch in work too.</param>
/// <param name="Count">Rows asked for.</param>
/// <param name="Accepted">Accepted rows.</param>
/// <param name="Revised">Revisions.</param>
/// <param name="Rejected">Rejected rows.</param>
/// <param name="Lost">Rows without a usable answer.</param>
internal sealed record GenerationProgress(int Epoch, int Done, int Count, int Accepted, int Revised, int Rejected, int Lost);

/// <summary>A run was to be continued with other options than it was begun with. The message names them and says how to go on.</summary>
public sealed class RunMismatchException(string message) : Exception(message);
