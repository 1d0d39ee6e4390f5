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
/// Writes rows with language agents, epoch by epoch. Seeds, memory and gaps are fixed at the start of an epoch; its rows are merged in
/// planned order at its end, in one transaction. So the order in which answers arrive has no effect, and an interrupted run resumes its
/// current epoch without asking again for recorded answers. Rows that are lost, because no question got an answer, are replaced by rows
/// from the next seeds.
/// </summary>
internal sealed class AgentRun
{
    /// <summary>Kind of such a run in the store.</summary>
    public const string Kind = "agents";

    // How many lost rows a process replaces: as many as it was asked for, or this many where that is more.
    private const int LeastSpare = 8;

    private readonly AgentWorkspace _workspace;
    private readonly GenerationStore _store;
    private readonly IChatGateway _gateway;
    private readonly PromptLibrary _prompts;
    private readonly GenerationOptions _options;
    private readonly TimeProvider _time;
    private readonly string _chatModel;
    private readonly LicencePolicy _licences;
    private readonly DraftRunner? _drafts;

    /// <summary>Prepares a run.</summary>
    /// <param name="workspace">The workspace it reads.</param>
    /// <param name="store">The store of rows; used by one thread.</param>
    /// <param name="gateway">Answers the questions.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">What the run writes, and how.</param>
    /// <param name="chatModel">Name of the chat model.</param>
    /// <param name="time">The clock for timestamps and timings.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="FormatException">The licence policy is invalid.</exception>
    /// <param name="drafts">Runs drafts while rows are written; null runs nothing. The caller disposes of it.</param>
    public AgentRun(AgentWorkspace workspace, GenerationStore store, IChatGateway gateway, PromptLibrary prompts, GenerationOptions options,
        string chatModel, TimeProvider time, DraftRunner? drafts = null)
    {
        options.Validate();
        (_workspace, _store, _gateway, _prompts, _options, _chatModel, _time, _drafts) =
            (workspace, store, gateway, prompts, options, chatModel, time, drafts);
        _licences = LicencePolicy.Parse(options.Licences);
    }

    /// <summary>Starts or resumes the run.</summary>
    /// <param name="progress">Receives the progress after each row.</param>
    /// <param name="cancellation">Ends the run; finished epochs and recorded answers are kept.</param>
    /// <exception cref="RunMismatchException">The run was started with other options.</exception>
    /// <exception cref="EndpointException">The endpoint can no longer be used.</exception>
    public async Task<GenerationSummary> RunAsync(IProgress<GenerationProgress>? progress = null, CancellationToken cancellation = default)
    {
        var clock = new StageClock(_time);
        var run = Begin(_workspace, _store, _prompts, _options, _chatModel, _time.GetUtcNow());
        var pool = SeedPool.Open(_workspace, _options, _licences, cancellation);
        clock.Lap("seeds");
        var state = RunState.Read(_store, run.Id, pool.Seeds, _options);
        var guard = new SensitiveTextGuard();
        var variety = Variety.Open(_prompts.Folder);
        using var journal = RowJournal.OfAnswers(_workspace.Workspace.Folder, cancellation);
        using var check = new CodeCheck(_workspace.Catalog, journal, _drafts);
        using var preparer = new ItemPreparer(_workspace, _options, guard, _licences, new TranslationTasks(_prompts), variety);
        var styles = StyleFacts.Of(_workspace.Store.Briefs(), _workspace.Catalog.FamilyOf);
        var dialogue = new RowDialogue(_gateway, _prompts, _options.Dialogue, _options.Memory);
        var worker = new EpochWorker(dialogue, check, _options);
        var builder = new RowBuilder(guard, new NoticeReader(), check, _workspace.Catalog.FamilyOf, _options.Run, _chatModel,
            TranslationTasks.HashOf(_prompts));
        using var merger = new EpochMerger(_workspace, _store, builder, dialogue, _options, _time);
        clock.Lap("state");
        string? ended = null;
        var (isOutOfBudget, isDone) = (false, false);
        var most = state.Planned + _options.Count - state.Kept + Math.Max(LeastSpare, _options.Count - state.Kept);
        while (state.Kept < _options.Count && !isOutOfBudget)
        {
            cancellation.ThrowIfCancellationRequested();
            if (state.Planned >= most)
            {
                ended = "Too many rows were lost to go on; the failures say why. Run the same command again to try other seeds.";
                break;
            }

            // The size of an epoch depends on what is stored alone, so that a continued run plans the same.
            var items = state.Scheduler.Plan(Math.Min(_options.Epoch, _options.Count - state.Kept));
            if (items.Count == 0)
            {
                isDone = true;
                ended = "No seed is left to write from: index more repositories, or allow more with --language or --licences.";
                break;
            }

            clock.Lap("plan");
            var prepared = preparer.Prepare(items, state, AgentOf, cancellation);
            clock.Lap("prepare");
            var results = await worker.WriteAsync(prepared, result => progress?.Report(ProgressOf(state, result)), cancellation);
            clock.Lap("write");
            isOutOfBudget = results.Any(result => result is null);
            await merger.EndAsync(run.Id, state, prepared, results, AgentOf, cancellation);
            clock.Lap("merge");
        }

        if (isDone || state.Kept >= _options.Count)
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
                ? "The budget is spent. What was written is kept; to continue, run it again with a higher --max-cost or --max-requests."
                : ended,
            IsOutOfBudget = isOutOfBudget,
            Seeds = pool.Seeds.Count,
            Unlicensed = pool.Unlicensed,
            RejectedSeeds = pool.Rejected,
            StatefulSeeds = pool.Stateful,
            ContaminatedRows = state.Contaminated,
            Timings = clock.Seconds,
        };

        Agent AgentOf(string language) =>
            state.Agent(language, _workspace.Catalog.Find(language)?.Name ?? language, styles.GetValueOrDefault(language) ?? "",
                _workspace.Toolchains.Toolchains.FirstOrDefault(toolchain => toolchain.Language == language)?.Guide ?? "");
    }

    /// <summary>Starts a run in the store, or finds it there.</summary>
    /// <param name="workspace">The workspace it reads.</param>
    /// <param name="store">The store of rows.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">What the run writes, and how.</param>
    /// <param name="chatModel">Name of the chat model.</param>
    /// <param name="now">Time when the run starts.</param>
    /// <exception cref="RunMismatchException">The run was started with other options.</exception>
    public static StoredRun Begin(AgentWorkspace workspace, GenerationStore store, PromptLibrary prompts, GenerationOptions options,
        string chatModel, DateTimeOffset now)
    {
        var description = RunKey.Describe(options, chatModel, workspace.Model.Hash, TranslationTasks.HashOf(prompts),
            workspace.Benchmarks.Hash, Variety.Open(prompts.Folder).Hash);
        var run = store.BeginRun(RunKey.Of(options.Run), Kind, description, now);
        if (run.Options != description)
        {
            var differences = RunKey.Differences(run.Options, description)
                .Select(item => $"{item.Name} was {item.First}, now {item.Second}");
            throw new RunMismatchException($"The run '{options.Run}' was started with other options: {string.Join("; ", differences)}. "
                + "Rows of both would mix. Continue with the options it was started with, or start another run with --run NAME.");
        }

        return run;
    }

    private GenerationProgress ProgressOf(RunState state, EpochTally tally) => new(
        state.Epochs, state.Kept + tally.Done - tally.Lost, _options.Count,
        state.Outcomes.GetValueOrDefault(Outcomes.Accept) + tally.Accepted, state.Revisions + tally.Revised,
        state.Outcomes.GetValueOrDefault(Outcomes.Reject) + tally.Rejected, state.Outcomes.GetValueOrDefault(Outcomes.Lost) + tally.Lost);
}

/// <summary>Writes the rows of an epoch concurrently.</summary>
internal sealed class EpochWorker(RowDialogue dialogue, CodeCheck check, GenerationOptions options)
{
    // A row without an answer because the endpoint was unavailable waits for the others and is retried.
    private const int MostPasses = 8;

    /// <summary>Returns the results in the order of the items; null where the budget ran out first.</summary>
    /// <exception cref="EndpointException">Rows still have no answer after 8 passes.</exception>
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
                throw new EndpointException($"{open.Count} rows of the epoch have no answer after {MostPasses} tries: "
                    + $"{trouble?.Message} Answers so far are recorded; run the same command again to continue.");
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
                check.For(item.Item.Target, item.Task.Repositories, cancellation), cancellation);
            // A task that is given stays what it is, so a repeated one is not tried again.
            var isFinal = result.Failure is { } failure ? failure.Kind is ChatFailureKind.Budget or ChatFailureKind.Unavailable
                : result.Repeats is null || item.Item.Kind.IsTaskGiven;
            if (isFinal || attempt == options.Attempts)
            {
                return result;
            }
        }
    }
}

/// <summary>Counts of an epoch in progress.</summary>
/// <param name="Done">Rows written or lost.</param>
/// <param name="Accepted">Rows accepted.</param>
/// <param name="Revised">Revisions.</param>
/// <param name="Rejected">Rows rejected.</param>
/// <param name="Lost">Rows without a usable answer.</param>
internal sealed record EpochTally(int Done, int Accepted, int Revised, int Rejected, int Lost)
{
    /// <summary>Returns this tally plus one result.</summary>
    public EpochTally With(DialogueResult result) => new(
        Done + 1,
        Accepted + (result.Critique?.Verdict == Verdict.Accept ? 1 : 0),
        Revised + result.Revisions,
        Rejected + (result.Critique?.Verdict == Verdict.Reject ? 1 : 0),
        Lost + (result.Failure is not null ? 1 : 0));
}

/// <summary>Measures the time of a process by stage: each lap assigns the time since the previous lap to the named stage.</summary>
internal sealed class StageClock(TimeProvider time)
{
    private readonly Dictionary<string, TimeSpan> _spent = [];
    private long _mark = time.GetTimestamp();

    /// <summary>Seconds by stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _spent.ToDictionary(stage => stage.Key, stage => stage.Value.TotalSeconds);

    /// <summary>Adds the time since the last lap to a stage.</summary>
    public void Lap(string stage)
    {
        var now = time.GetTimestamp();
        _spent[stage] = _spent.GetValueOrDefault(stage) + time.GetElapsedTime(_mark, now);
        _mark = now;
    }
}

/// <summary>Progress of a run.</summary>
/// <param name="Epoch">Number of the epoch, from 0.</param>
/// <param name="Done">Rows of the run that were written, including those of the current epoch.</param>
/// <param name="Count">Rows requested.</param>
/// <param name="Accepted">Rows accepted.</param>
/// <param name="Revised">Revisions.</param>
/// <param name="Rejected">Rows rejected.</param>
/// <param name="Lost">Rows without a usable answer.</param>
internal sealed record GenerationProgress(int Epoch, int Done, int Count, int Accepted, int Revised, int Rejected, int Lost);

/// <summary>
/// A run cannot be continued, because its options differ from those it was started with. The message names them and says how to continue.
/// </summary>
public sealed class RunMismatchException(string message) : Exception(message);
