using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;
using XCoder.Agents.Storage;

namespace XCoder.Agents.Generation;

/// <summary>Has answers compared by a chat model where neither could be run, in portions that are kept as they are done.</summary>
/// <param name="store">The rows.</param>
/// <param name="judge">The judge.</param>
/// <param name="concurrency">Rows at a time.</param>
public sealed class JudgeRun(GenerationStore store, AnswerJudge judge, int concurrency)
{
    private const int Portion = 64;

    /// <summary>Rows with answers that only a judge could compare.</summary>
    /// <param name="store">The rows.</param>
    /// <param name="run">Of this run; null: of all.</param>
    public static IReadOnlyList<string> Open(GenerationStore store, long? run) => [.. store.Rows(new RowSelection(run, Status: RowVerification.Unverifiable)).Where(AnswerJudge.Wants).Select(row => row.Id)];

    /// <summary>Judges rows.</summary>
    /// <param name="ids">The rows.</param>
    /// <param name="progress">Told rows done and rows in all.</param>
    /// <param name="cancellation">Ends it; finished portions and recorded answers are kept.</param>
    /// <returns>Preferences found, rows without a usable answer, and whether the budget ended it.</returns>
    /// <exception cref="EndpointException">The endpoint cannot be used any more.</exception>
    public async Task<(int Preferences, int Lost, bool IsOutOfBudget)> RunAsync(IReadOnlyList<string> ids, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        var (found, lost, done) = (0, 0, 0);
        foreach (var portion in ids.Chunk(Portion))
        {
            var rows = store.FindRows(portion);
            var answers = new (IReadOnlyList<RowPreference> Preferences, ChatFailure? Failure)[rows.Count];
            await Parallel.ForAsync(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation }, async (i, token) => answers[i] = await judge.JudgeAsync(rows[i], token));
            store.PutVerified(rows.Select((row, i) => row with { Preferences = answers[i].Preferences }));
            found += answers.Sum(answer => answer.Preferences.Count);
            lost += answers.Count(answer => answer.Failure is { Kind: not ChatFailureKind.Budget });
            progress?.Invoke(done += rows.Count, ids.Count);
            if (answers.Any(answer => answer.Failure?.Kind == ChatFailureKind.Budget))
            {
                return (found, lost, true);
            }
        }

        return (found, lost, false);
    }
}
