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
    public VerificationSummary Summary =>
        new(_verified, _before,
            [.. _counts.Select(count => (count.Key.Language, RowNames.Find<RowStatus>(count.Key.Status)!.Value, count.Value))],
            new SortedDictionary<string, int>(_missing, StringComparer.Ordinal), _preferences);

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
        if (verdict.Status == RowStatus.Unverifiable
            && verdict.Gates.FirstOrDefault(gate => gate is { Outcome: GateOutcome.Unknown, Run: null }) is { } gap)
        {
            var what = gap.Messages ?? gap.Detail;
            _missing[what] = _missing.GetValueOrDefault(what) + 1;
        }
    }

    private (InstructionRow Row, CodeVerdict Verdict) Verify(InstructionRow row, CancellationToken cancellation)
    {
        if (journal?.HasEndedARun(row.Id) == true)
        {
            var verdict =
                new CodeVerdict(RowStatus.Unverifiable,
                    [new GateResult(GateNames.Check, GateOutcome.Unknown, GateReason.ParserEnded, RowJournal.Reason)]);
            return (row with { Verification = verdict.ToRow() }, verdict);
        }

        return journal is null ? _rows.Verify(row, cancellation) : journal.Try(row.Id, () => _rows.Verify(row, cancellation));
    }

    // What was lacking when the row or one of its candidates was verified may be here now.
    private bool HasNow(InstructionRow row, CancellationToken cancellation) =>
        row.Candidates.Select(candidate => (candidate.Response, candidate.Verification)).Prepend((row.Response, row.Verification))
            .Any(answer => answer.Item2 is { Lacks: not null } verification
                && verifier.HasNow(verification, row.TargetLanguage, CodeFence.Leading(answer.Item1), cancellation));
}

/// <summary>What verifying rows came to.</summary>
/// <param name="Verified">Rows that went through the gates now.</param>
/// <param name="Before">Rows that had been through them before.</param>
/// <param name="Statuses">Rows now by language of the response and status.</param>
/// <param name="Missing">Rows that nothing here could verify, by what is missing.</param>
/// <param name="Preferences">Pairs of answers that compilers and tests told apart.</param>
public sealed record VerificationSummary(int Verified, int Before, IReadOnlyList<(string Language, RowStatus Status, int Rows)> Statuses,
    IReadOnlyDictionary<string, int> Missing, int Preferences);

/// <summary>Puts a row through the gates: its response and its candidates, against the same tests. Safe for concurrent use.</summary>
/// <param name="verifier">The gates.</param>
internal sealed class RowVerifier(Verifier verifier)
{
    /// <summary>The row with what was found, and the verdict on its response.</summary>
    public (InstructionRow Row, CodeVerdict Verdict) Verify(InstructionRow row, CancellationToken cancellation)
    {
        var tests = new TestSets(row.Tests, row.IndependentTests);
        var verdicts = row.Candidates.Select(candidate => candidate.Response).Prepend(row.Response)
            .Select(answer => Verify(row, answer, tests, cancellation)).ToList();
        return (row with
        {
            Verification = verdicts[0].ToRow(),
            Candidates = [.. row.Candidates.Select((candidate, i) => candidate with { Verification = verdicts[i + 1].ToRow() })],
            Preferences = PreferenceOrder.Of(verdicts),
        }, verdicts[0]);
    }

    // Answers to one instruction are compared with their source before they are with one another. A row with one answer is compared
    // by a later step, which counts it and may reject it.
    private CodeVerdict Verify(InstructionRow row, string answer, TestSets tests, CancellationToken cancellation) =>
        verifier.Verify(
            new GateCase(row.TargetLanguage, CodeFence.Leading(answer), tests,
                row.Candidates.Count > 0 ? row with { Response = answer } : null, cancellation));
}

/// <summary>
/// Orders answers to one instruction by what compilers and tests said of them (Qwen2.5-xCoder, section 3: Ds4). What nothing
/// could be said of stands in no order.
/// </summary>
internal static class PreferenceOrder
{
    // The steps on the way: refused by the parser, by the compiler, by all tests, by some, by none.
    private const int Parser = 0, Compiler = 1, AllTests = 2, SomeTests = 3, None = 4;

    /// <summary>The first verified answer before each that was refused, least margin last.</summary>
    /// <param name="verdicts">Verdicts on the answers, against the same tests.</param>
    public static IReadOnlyList<RowPreference> Of(IReadOnlyList<CodeVerdict> verdicts)
    {
        var chosen = Enumerable.Range(0, verdicts.Count).FirstOrDefault(i => verdicts[i].Status == RowStatus.Verified, -1);
        return chosen < 0 ? [] : [.. Enumerable.Range(0, verdicts.Count)
            .Select(i => (Answer: i, Step: StepOf(verdicts[i])))
            .Where(item => item.Step < None)
            .OrderBy(item => item.Step).ThenBy(item => item.Answer)
            .Select(item => new RowPreference(chosen, item.Answer, (double)(None - item.Step!.Value) / None, RowPreference.Execution,
                Evidence(verdicts[chosen], verdicts[item.Answer])))];
    }

    /// <summary>How far an answer came, 0 to 4; null where nothing says it.</summary>
    internal static int? StepOf(CodeVerdict verdict)
    {
        var tests = verdict.Gates.Where(gate => gate.Gate is TestSets.OwnGate or TestSets.IndependentGate or TestSets.SourceGate).ToList();
        return verdict.Failure is null ? verdict.Status == RowStatus.Verified ? None : null
            : tests.Exists(gate => gate.Outcome == GateOutcome.Failed) ? tests.Exists(gate => gate.Outcome == GateOutcome.Passed)
                ? SomeTests : AllTests
            : verdict.Status != RowStatus.Failed ? null
            : verdict.Failure.Gate is ParserGate.Identification or ParserGate.Syntax ? Parser : Compiler;
    }

    private static IReadOnlyList<string> Evidence(CodeVerdict chosen, CodeVerdict rejected) =>
        [.. chosen.Gates.Select(gate => "chosen: " + gate.ToEvidence()),
            "rejected: " + rejected.Gates.First(gate => gate.Outcome == GateOutcome.Failed).ToEvidence()];
}
