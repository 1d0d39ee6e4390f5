using XCoder.Agents.Differential;
using XCoder.Agents.Rows;
using XCoder.Agents.Storage;
using XCoder.Agents.Verification;

namespace XCoder.Agents.Generation;

/// <summary>Puts translations that are stored, mined ones too, through the differential gate, in portions that are kept as they are done.</summary>
/// <param name="store">The rows.</param>
/// <param name="gate">The gate.</param>
/// <param name="threads">Rows at a time.</param>
/// <param name="journal">Where rows are noted while they are tried; null: nowhere.</param>
public sealed class TranslationRun(GenerationStore store, TranslationGate gate, int threads, RowJournal? journal = null)
{
    private const int Portion = 32;

    /// <summary>Compares source and response of rows.</summary>
    /// <param name="run">Of this run; null: of all.</param>
    /// <param name="again">Whether those that were compared before are, too.</param>
    /// <param name="progress">Told rows done and rows in all.</param>
    /// <param name="cancellation">Ends it; finished portions are kept.</param>
    public TranslationSummary Run(long? run, bool again, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        // Ids first: rows are rewritten while the rest is read. What another gate refused is refused.
        var (open, before) = (new List<string>(), 0);
        foreach (var row in store.Rows(new RowSelection(run)).Where(TranslationGate.IsFor))
        {
            var isDone = TranslationGate.IsDone(row);
            before += isDone && !again ? 1 : 0;
            if (isDone ? again : row.Verification.Status != RowVerification.Failed)
            {
                open.Add(row.Id);
            }
        }

        var (counts, unknown, done) = (new SortedDictionary<(string, string), int[]>(), new SortedDictionary<string, int>(StringComparer.Ordinal), 0);
        foreach (var ids in open.Chunk(Portion))
        {
            var rows = store.FindRows(ids);
            var verdicts = new DifferentialVerdict[rows.Count];
            Parallel.For(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => verdicts[i] = Judge(rows[i], cancellation));
            store.PutVerified(rows.Zip(verdicts).Where(pair => pair.Second.IsLasting).Select(pair => pair.First with { Verification = TranslationGate.Join(pair.First.Verification, pair.Second), Critique = TranslationGate.Join(pair.First.Critique, pair.Second) }));
            foreach (var (row, verdict) in rows.Zip(verdicts))
            {
                var count = counts.TryGetValue((row.SourceLanguage, row.TargetLanguage), out var known) ? known : counts[(row.SourceLanguage, row.TargetLanguage)] = new int[3];
                count[verdict.Outcome switch { GateOutcome.Passed => 0, GateOutcome.Failed => 1, _ => 2 }]++;
                if (verdict.ReasonText is { } reason)
                {
                    unknown[reason] = unknown.GetValueOrDefault(reason) + 1;
                }
            }

            progress?.Invoke(done += rows.Count, open.Count);
        }

        return new TranslationSummary(open.Count, before, [.. counts.Select(count => new TranslationCount(count.Key.Item1, count.Key.Item2, count.Value[0], count.Value[1], count.Value[2]))], unknown);
    }

    private DifferentialVerdict Judge(InstructionRow row, CancellationToken cancellation) =>
        journal?.HasEndedARun(row.Id) == true ? new DifferentialVerdict(GateOutcome.Unknown, RowJournal.Reason, Reason: GateReason.ParserEnded)
            : journal is null ? gate.Judge(row, cancellation) : journal.Try(row.Id, () => gate.Judge(row, cancellation));
}
