using XCoder.Agents.Dialogue;
using XCoder.Agents.Differential;
using XCoder.Agents.Rows;
using XCoder.Agents.Storage;
using XCoder.Agents.Verification;

namespace XCoder.Agents.Generation;

/// <summary>Verifies rows by agents that are stored, in portions that are kept as they are done: begun again, it goes on where it was.</summary>
/// <param name="store">The rows.</param>
/// <param name="verifier">The gates.</param>
/// <param name="translations">The gate of translations.</param>
/// <param name="threads">Rows at a time.</param>
/// <param name="journal">Where rows are noted while they are tried; null: nowhere.</param>
public sealed class VerificationRun(GenerationStore store, Verifier verifier, TranslationGate translations, int threads, RowJournal? journal = null)
{
    private const int Portion = 64;

    /// <summary>Verifies rows.</summary>
    /// <param name="run">Of this run; null: of all.</param>
    /// <param name="again">Whether those that were verified before are, too.</param>
    /// <param name="progress">Told rows done and rows in all.</param>
    /// <param name="cancellation">Ends it; finished portions are kept.</param>
    public VerificationSummary Run(long? run, bool again, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        // Ids first: rows are rewritten while the rest is read.
        var (open, before) = (new List<string>(), 0);
        foreach (var row in store.Rows(new RowSelection(run)))
        {
            // Mined code leans on the project it comes from: a parser has read it there, and no more can be asked of it.
            if (row.Dataset == Dataset.Mined)
            {
                continue;
            }

            if (again || !row.Verification.WentThroughGates() || HasNow(row, cancellation))
            {
                open.Add(row.Id);
            }
            else
            {
                before++;
            }
        }

        var rowVerifier = new RowVerifier(verifier, translations);
        var (counts, missing, done, preferences) = (new SortedDictionary<(string, string), int>(), new SortedDictionary<string, int>(StringComparer.Ordinal), 0, 0);
        foreach (var ids in open.Chunk(Portion))
        {
            var rows = store.FindRows(ids);
            var results = new (InstructionRow Row, CodeVerdict Verdict)[rows.Count];
            Parallel.For(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i => results[i] = Verify(rowVerifier, rows[i], cancellation));

            // A machine that was too busy to tell says nothing of a row: it stays open.
            store.PutVerified(results.Where(result => result.Verdict.Lacks != RowVerification.Time).Select(result => result.Row));
            foreach (var (row, verdict) in results)
            {
                preferences += row.Preferences.Count;
                counts[(row.TargetLanguage, verdict.Status)] = counts.GetValueOrDefault((row.TargetLanguage, verdict.Status)) + 1;
                if (verdict.Status == RowVerification.Unverifiable && verdict.Gates.FirstOrDefault(gate => gate is { Outcome: GateOutcome.Unknown, Run: null }) is { } gap)
                {
                    var what = gap.Messages ?? gap.Detail;
                    missing[what] = missing.GetValueOrDefault(what) + 1;
                }
            }

            progress?.Invoke(done += rows.Count, open.Count);
        }

        return new VerificationSummary(open.Count, before, [.. counts.Select(count => (count.Key.Item1, count.Key.Item2, count.Value))], missing, preferences);
    }

    private (InstructionRow Row, CodeVerdict Verdict) Verify(RowVerifier rowVerifier, InstructionRow row, CancellationToken cancellation)
    {
        if (journal?.HasEndedARun(row.Id) == true)
        {
            var verdict = new CodeVerdict(RowVerification.Unverifiable, [new GateResult(GateNames.Check, GateOutcome.Unknown, GateReason.ParserEnded, RowJournal.Reason)]);
            return (row with { Verification = verdict.ToRow() }, verdict);
        }

        return journal is null ? rowVerifier.Verify(row, cancellation) : journal.Try(row.Id, () => rowVerifier.Verify(row, cancellation));
    }

    // What was lacking when the row or one of its candidates was verified may be here now.
    private bool HasNow(InstructionRow row, CancellationToken cancellation) =>
        row.Candidates.Select(candidate => (candidate.Response, candidate.Verification)).Prepend((row.Response, row.Verification))
            .Any(answer => answer.Item2 is { Lacks: not null } verification && verifier.HasNow(verification, row.TargetLanguage, CodeText.Fenced(answer.Item1), cancellation));
}
