using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification;

/// <summary>A step that a <see cref="RowPass"/> applies to stored rows.</summary>
internal interface IRowStep
{
    /// <summary>Number of rows that the step works on at the same time.</summary>
    int Concurrency { get; }

    /// <summary>
    /// Whether the step works on a row in its present state. A pass calls this once a row and step, on one thread, so the step may count
    /// rows here.
    /// </summary>
    bool Wants(InstructionRow row, CancellationToken cancellation);

    /// <summary>Works on a row; called on many threads. The result's count is added later on one thread.</summary>
    Task<StepResult> WorkAsync(InstructionRow row, CancellationToken cancellation);
}

/// <summary>The result of a step for one row.</summary>
/// <param name="Row">The row to store, or null to leave the stored row unchanged.</param>
/// <param name="Count">Adds the result to the step's summary; called after the row is stored.</param>
internal sealed record StepResult(InstructionRow? Row, Action Count);

/// <summary>
/// One pass over the stored rows: each row goes through the steps in order. Portions of 64 rows are stored when they are done, so an
/// interrupted pass continues where it stopped.
/// </summary>
/// <param name="store">Store of the rows.</param>
/// <param name="steps">The steps in order.</param>
internal sealed class RowPass(GenerationStore store, IReadOnlyList<IRowStep> steps)
{
    private const int Portion = 64;

    /// <summary>Runs the pass.</summary>
    /// <param name="selection">The rows to work on; null selects all.</param>
    /// <param name="progress">Receives the number of rows done and in total.</param>
    /// <param name="cancellation">Ends the pass; finished portions are kept.</param>
    public async Task RunAsync(RowSelection? selection = null, IProgress<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        // Collects the ids first, because rows are rewritten during the pass.
        var open = new List<(string Id, int First)>();
        foreach (var row in store.Rows(selection))
        {
            if (NextStep(row, 0, cancellation) is var first && first < steps.Count)
            {
                open.Add((row.Id, first));
            }
        }

        var done = 0;
        foreach (var portion in open.Chunk(Portion))
        {
            var firsts = portion.ToDictionary(item => item.Id, item => item.First);
            var rows = store.FindRows(portion.Select(item => item.Id)).Select(row => (Row: row, Next: firsts[row.Id])).ToArray();
            for (var step = 0; step < steps.Count; step++)
            {
                await RunAsync(step, rows, cancellation).ConfigureAwait(false);
            }

            progress?.Report(new StageProgress("verifying", done += portion.Length, open.Count) { Unit = "rows" });
        }
    }

    private async Task RunAsync(int step, (InstructionRow Row, int Next)[] rows, CancellationToken cancellation)
    {
        int[] wanted = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i].Next == step)];
        var results = new StepResult[wanted.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = steps[step].Concurrency, CancellationToken = cancellation };
        await Parallel.ForAsync(0, wanted.Length, options,
            async (i, token) => results[i] = await steps[step].WorkAsync(rows[wanted[i]].Row, token).ConfigureAwait(false))
            .ConfigureAwait(false);
        store.PutVerified(results.Select(result => result.Row).OfType<InstructionRow>());
        for (var i = 0; i < wanted.Length; i++)
        {
            results[i].Count();
            var row = results[i].Row ?? rows[wanted[i]].Row;
            rows[wanted[i]] = (row, NextStep(row, step + 1, cancellation));
        }
    }

    private int NextStep(InstructionRow row, int from, CancellationToken cancellation)
    {
        while (from < steps.Count && !steps[from].Wants(row, cancellation))
        {
            from++;
        }

        return from;
    }
}
