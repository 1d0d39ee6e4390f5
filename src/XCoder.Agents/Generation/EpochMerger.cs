using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Memory;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Generation;

/// <summary>
/// Ends epochs: orders rows as planned, checks their novelty, updates memories, lets agents reflect, and stores everything in one
/// transaction.
/// </summary>
internal sealed class EpochMerger(AgentWorkspace workspace, GenerationStore store, RowBuilder builder, RowDialogue dialogue,
    GenerationOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Highest number of characters of a task in a memory.</summary>
    public const int MostTask = 120;

    private const int MostReflected = 400;

    private readonly CodeEmbedder _embedder = new(workspace.Catalog, workspace.Model, options.Threads);

    /// <summary>Ends an epoch.</summary>
    /// <param name="run">Number of the run.</param>
    /// <param name="state">The run's state; this method updates it.</param>
    /// <param name="items">The planned rows.</param>
    /// <param name="results">Their results; null where the budget ran out first, which counts as not planned.</param>
    /// <param name="agent">Returns the agent of a language.</param>
    /// <param name="cancellation">Ends the wait for reflections.</param>
    public async Task EndAsync(long run, RunState state, IReadOnlyList<PreparedItem> items, IReadOnlyList<DialogueResult?> results,
        Func<string, Agent> agent, CancellationToken cancellation)
    {
        var (rows, notices, prints, outcomes) =
            (new List<InstructionRow>(), new Dictionary<string, LicenceNotice>(), new List<RowSignature>(), new List<EpochItem>());
        var built = new (InstructionRow Row, IReadOnlyList<LicenceNotice> Notices)?[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            built[i] = results[i]?.Draft is null ? null : builder.Build(items[i], results[i]!, time.GetUtcNow());
        }

        var vectors = Embed([.. built.Where(item => item is not null).Select(item => item!.Value.Row)], cancellation);
        var touched = new SortedSet<string>(StringComparer.Ordinal);
        var known = store.KnownRows(built.Where(item => item is not null).Select(item => item!.Value.Row.Id));
        for (int i = 0, next = 0; i < items.Count; i++)
        {
            if (results[i] is not { } result)
            {
                continue;
            }

            var item = items[i].Item;
            if (built[i] is not { } made)
            {
                outcomes.Add(result.Repeats is { } repeated ? ItemOf(item, Outcomes.Duplicate, repeated, null, result)
                    : ItemOf(item, Outcomes.Lost, result.Failure!.Kind.ToString(), null, result));
                continue;
            }

            var print = new RowSignature(made.Row.Id, item.Target, InstructionShingles.Sign(made.Row.Instruction), vectors[next++] ?? []);
            if (!known.Add(made.Row.Id))
            {
                outcomes.Add(ItemOf(item, Outcomes.Duplicate, null, made.Row.Id, result));
                continue;
            }

            var row = Judge(made.Row, print, state, workspace.Benchmarks.Find(made.Row));
            state.Remember(row);
            Learn(state, row, result);
            touched.Add(item.Target);
            rows.Add(row);
            if (row.Critique.Verdict == Verdict.Accept)
            {
                // A task whose row was rejected may be tried again.
                state.Novelty.Add(print);
                prints.Add(print);
            }

            outcomes.Add(ItemOf(item, row.Critique.Verdict == Verdict.Accept ? Outcomes.Accept : Outcomes.Reject, null, row.Id, result));
            foreach (var notice in made.Notices)
            {
                notices[notice.Id] = notice;
            }
        }

        await ReflectAsync(state, touched, agent, cancellation);
        store.EndEpoch(run, state.Epochs, outcomes, rows, notices.Values.OrderBy(notice => notice.Id, StringComparer.Ordinal), prints,
            state.Memories.Values.OrderBy(memory => memory.Language, StringComparer.Ordinal), time.GetUtcNow());
        state.Count(outcomes);
    }

    // A row that contains part of a benchmark or repeats an earlier row is rejected, whatever the critique says.
    private static InstructionRow Judge(InstructionRow row, RowSignature print, RunState state, Contamination? contamination)
    {
        if (contamination is not null)
        {
            row = contamination.Reject(row);
        }

        var judged = row with { Novelty = state.Novelty.Nearest(print) is { } nearest ? Math.Round(1 - nearest, 4) : null };
        return state.Novelty.Find(print) is not { } echo ? judged : judged with
        {
            Critique = row.Critique with { Verdict = Verdict.Reject,
                Faults = [echo.Sentence, .. row.Critique.Faults] },
        };
    }

    private void Learn(RunState state, InstructionRow row, DialogueResult result)
    {
        var accepted = row.Critique.Verdict == Verdict.Accept;
        foreach (var language in result.Lessons.Select(lesson => lesson.Language).Append(row.TargetLanguage).Distinct()
            .Order(StringComparer.Ordinal))
        {
            var memory = state.Memories.GetValueOrDefault(language) ?? new AgentMemory { Language = language };
            var used = result.Lessons.Where(lesson => lesson.Language == language).Select(lesson => lesson.Lesson).ToHashSet();
            state.Memories[language] = language == row.TargetLanguage
                ? memory.After(Cut(row.Instruction.ReplaceLineEndings(" "), MostTask), used, accepted, options.Memory)
                : memory.Used(used, accepted);
        }
    }

    private async Task ReflectAsync(RunState state, IEnumerable<string> languages, Func<string, Agent> agent,
        CancellationToken cancellation)
    {
        var due = languages.Where(language => state.Memories[language] is var memory
            && memory.Rows - memory.Reflected >= options.Memory.ReflectEvery).ToList();
        var found = await Task.WhenAll(due.Select(language =>
        {
            var (memory, rows) = (state.Memories[language], state.Last(language));
            return dialogue.ReflectAsync(agent(language) with { Memory = memory }, Reflected(rows),
                memory.Offered(state.Memories.Values, options.Memory.Offered),
                [.. rows.SelectMany(row => row.Lineage).Select(place => place.Repository).Distinct().Order(StringComparer.Ordinal)],
                state.Epochs, cancellation);
        }));
        for (var i = 0; i < due.Count; i++)
        {
            if (found[i].Failure is { Kind: ChatFailureKind.Unavailable } failure)
            {
                throw new EndpointException($"The {due[i]} agent could not reflect: {failure.Message} "
                    + "Answers so far are recorded; run the same command again to continue.");
            }

            // An agent without a usable reflection learns nothing this time.
            var memory = state.Memories[due[i]];
            state.Memories[due[i]] = (memory with { Reflected = memory.Rows }).Without(found[i].Dropped)
                .Learn(found[i].Lessons, options.Memory);
        }
    }

    private static string Reflected(IEnumerable<InstructionRow> rows) => string.Join('\n', rows.Select(row => DataBlock.Of("row",
        $"{Cut(row.Instruction, MostReflected)}\nVerdict: {(row.Critique.Verdict == Verdict.Accept ? "accepted" : "rejected")}, "
                + $"total {row.Critique.Total:0.0}\nResult of running it: {Ran(row.Verification)}\n"
                + $"Merits: {string.Join("; ", row.Critique.Merits)}\n"
                + $"Faults: {string.Join("; ", row.Critique.Faults)}")));

    private static string Ran(RowVerification verification) => verification.WentThroughGates()
        ? RowNames.Of(verification.Status) + (verification.Evidence.FirstOrDefault(gate => gate.Outcome == GateOutcome.Failed) is { } failed
            ? $" ({failed.Gate}: {Cut(failed.Detail, MostTask)})" : "")
        : "not yet known";

    private float[]?[] Embed(IReadOnlyList<InstructionRow> rows, CancellationToken cancellation) => _embedder
        .Embed([.. rows.Select(row => (workspace.Catalog.Find(row.TargetLanguage)!, CodeFence.Leading(row.Response)))], cancellation);

    private static EpochItem ItemOf(WorkItem item, string outcome, string? reason, string? row, DialogueResult result) => new(
        item.Kind.Name, item.Seed.Id, item.Seed.Language, item.Target, item.Seed.Concept, outcome, reason, row, result.Revisions);

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most] + "…";

    public void Dispose() => _embedder.Dispose();
}
