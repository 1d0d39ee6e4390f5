using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;

namespace XCoder.Agents.Generation;

/// <summary>Writes the rows of an epoch, several at a time.</summary>
internal sealed class EpochWorker(RowDialogue dialogue, CodeCheck check, GenerationOptions options)
{
    // A row that an endpoint in trouble left without an answer waits for the others and is tried again.
    private const int MostPasses = 8;

    /// <summary>Results in the order of the items; null where the budget was spent before.</summary>
    /// <exception cref="EndpointException">The endpoint gave nothing any more.</exception>
    public async Task<DialogueResult?[]> WriteAsync(IReadOnlyList<PreparedItem> items, Action<EpochTally> done, CancellationToken cancellation)
    {
        var results = new DialogueResult?[items.Count];
        var (isSpent, tally) = (false, new EpochTally(0, 0, 0, 0, 0));
        var open = Enumerable.Range(0, items.Count).ToList();
        ChatFailure? trouble = null;
        for (var pass = 0; open.Count > 0 && !isSpent; pass++)
        {
            if (pass == MostPasses)
            {
                throw new EndpointException($"{open.Count} rows of the epoch have no answer after {MostPasses} tries: {trouble?.Message} What was answered is recorded; run the same command again to go on.");
            }

            await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellation }, async (i, token) =>
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
            var result = await dialogue.RunAsync(item.Task with { Attempt = (item.Item.Use * (options.Attempts + 1)) + attempt }, check.For(item.Item.Target), cancellation);
            if (result.Failure is not { } failure || failure.Kind is ChatFailureKind.Budget or ChatFailureKind.Unavailable || attempt == options.Attempts)
            {
                return result;
            }
        }
    }
}
