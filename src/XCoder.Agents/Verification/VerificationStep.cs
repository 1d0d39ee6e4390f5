using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Verification;

/// <summary>Verifies rows by agents: each goes through the gates, with its candidates.</summary>
/// <param name="verifier">The gates.</param>
/// <param name="threads">Rows at a time.</param>
/// <param name="again">Whether rows that were verified before are verified again.</param>
/// <param name="journal">Where rows are noted while they are tried; null: nowhere.</param>
internal sealed class VerificationStep(Verifier verifier, int threads, bool again, RowJournal? journal = null) : IRowStep
{
    private readonly RowVerifier _rows = new(verifier);
    private readonly SortedDictionary<(string Language, string Status), int> _counts = [];
    private readonly SortedDictionary<string, int> _missing = new(StringComparer.Ordinal);
    private int _verified, _before, _preferences;

    /// <inheritdoc/>
    public int Concurrency => threads;

    /// <summary>What it came to so far.</summary>
    public VerificationSummary Summary => new(_verified, _before, [.. _counts.Select(count => (count.Key.Language, RowNames.Find<RowStatus>(count.Key.Status)!.Value, count.Value))], new SortedDictionary<string, int>(_missing, StringComparer.Ordinal), _preferences);

    /// <inheritdoc/>
    public bool Wants(InstructionRow row, CancellationToken cancellation)
    {
        // Mined code leans on the project it comes from: a parser has read it there, and no more can be asked of it.
        if (!RowKind.Of(row).IsSelfContained)
        {
            return false;
        }

        var isOpen = again || !row.Verification.WentThroughGates() || HasNow(row, cancellation);
        _before += isOpen ? 0 : 1;
        return isOpen;
    }

    /// <inheritdoc/>
    public Task<StepResult> WorkAsync(InstructionRow row, CancellationToken cancellation)
    {
        var (found, verdict) = Verify(row, cancellation);

        // A machine that was too busy to tell says nothing of a row: it stays open.
        return Task.FromResult(new StepResult(verdict.Lacks == RowVerification.Time ? null : found, () => Count(found, verdict)));
    }

    private void Count(InstructionRow row, CodeVerdict verdict)
    {
        _verified++;
        _preferences += row.Preferences.Count;
        var key = (row.TargetLanguage, RowNames.Of(verdict.Status));
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
        if (verdict.Status == RowStatus.Unverifiable && verdict.Gates.FirstOrDefault(gate => gate is { Outcome: GateOutcome.Unknown, Run: null }) is { } gap)
        {
            var what = gap.Messages ?? gap.Detail;
            _missing[what] = _missing.GetValueOrDefault(what) + 1;
        }
    }

    private (InstructionRow Row, CodeVerdict Verdict) Verify(InstructionRow row, CancellationToken cancellation)
    {
        if (journal?.HasEndedARun(row.Id) == true)
        {
            var verdict = new CodeVerdict(RowStatus.Unverifiable, [new GateResult(GateNames.Check, GateOutcome.Unknown, GateReason.ParserEnded, RowJournal.Reason)]);
            return (row with { Verification = verdict.ToRow() }, verdict);
        }

        return journal is null ? _rows.Verify(row, cancellation) : journal.Try(row.Id, () => _rows.Verify(row, cancellation));
    }

    // What was lacking when the row or one of its candidates was verified may be here now.
    private bool HasNow(InstructionRow row, CancellationToken cancellation) =>
        row.Candidates.Select(candidate => (candidate.Response, candidate.Verification)).Prepend((row.Response, row.Verification))
            .Any(answer => answer.Item2 is { Lacks: not null } verification && verifier.HasNow(verification, row.TargetLanguage, FencedCode.Fenced(answer.Item1), cancellation));
}
