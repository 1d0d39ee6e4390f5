using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Verification;

/// <summary>Something that is done with stored rows, one at a time, in a <see cref="RowPass"/>.</summary>
internal interface IRowStep
{
    /// <summary>Rows at a time.</summary>
    int Concurrency { get; }

    /// <summary>
    /// Whether a row is to be worked on, as it stands. Each row is asked about once in a pass, on one thread, and may be counted.
    /// </summary>
    bool Wants(InstructionRow row, CancellationToken cancellation);

    /// <summary>Works on a row; called on many threads. Returns what becomes of it, to be counted on one thread.</summary>
    Task<StepResult> WorkAsync(InstructionRow row, CancellationToken cancellation);
}

/// <summary>What a step made of a row.</summary>
/// <param name="Row">The row to store; null leaves it as it is.</param>
/// <param name="Count">Adds it to the step's summary, once what the step made is stored.</param>
internal sealed record StepResult(InstructionRow? Row, Action Count);

/// <summary>
/// One pass over the rows that are stored: each goes through steps in order, in portions that are kept as they are done, so that a
/// pass that was ended goes on where it was.
/// </summary>
/// <param name="store">The rows.</param>
/// <param name="steps">The steps.</param>
internal sealed class RowPass(GenerationStore store, IReadOnlyList<IRowStep> steps)
{
    private const int Portion = 64;

    /// <summary>Runs it.</summary>
    /// <param name="selection">Over which rows; null: over all.</param>
    /// <param name="progress">Told rows done and rows in all.</param>
    /// <param name="cancellation">Ends it; finished portions are kept.</param>
    public async Task RunAsync(RowSelection? selection = null, IProgress<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        // Ids first: rows are rewritten while the rest is read.
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
