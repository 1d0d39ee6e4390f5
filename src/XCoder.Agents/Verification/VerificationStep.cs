using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Verification;

/// <summary>Verifies the rows that agents wrote: the response and its candidates go through the gates.</summary>
/// <param name="verifier">The gates.</param>
/// <param name="threads">Number of rows at a time.</param>
/// <param name="again">Whether to repeat the verification of rows that were verified before.</param>
/// <param name="journal">Records rows while they are verified; null records nothing.</param>
internal sealed class VerificationStep(Verifier verifier, int threads, bool again, RowJournal? journal = null) : IRowStep
{
    private readonly RowVerifier _rows = new(verifier);
    private readonly SortedDictionary<(string Language, string Status), int> _counts = [];
    private readonly SortedDictionary<string, int> _missing = new(StringComparer.Ordinal);
    private int _verified, _before, _preferences;

    /// <inheritdoc/>
    public int Concurrency => threads;

    /// <summary>Counts so far.</summary>
    public VerificationSummary Summary =>
        new(_verified, _before,
            [.. _counts.Select(count => (count.Key.Language, RowNames.Find<RowStatus>(count.Key.Status)!.Value, count.Value))],
            new SortedDictionary<string, int>(_missing, StringComparer.Ordinal), _preferences);

    /// <inheritdoc/>
    public bool Wants(InstructionRow row, CancellationToken cancellation)
    {
        // Mined code depends on the project it comes from. It was parsed there, and no gate could say more about it.
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

        // A busy machine says nothing about a row, so the row stays open.
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

    // Whether a tool that was missing when the row or one of its candidates was verified is available now.
    private bool HasNow(InstructionRow row, CancellationToken cancellation) =>
        row.Candidates.Select(candidate => (candidate.Response, candidate.Verification)).Prepend((row.Response, row.Verification))
            .Any(answer => answer.Item2 is { Lacks: not null } verification
                && verifier.HasNow(verification, row.TargetLanguage, CodeFence.Leading(answer.Item1), cancellation));
}

/// <summary>Counts of a verification.</summary>
/// <param name="Verified">Rows verified in this pass.</param>
/// <param name="Before">Rows verified in earlier passes.</param>
/// <param name="Statuses">Counts of this pass by language of the response and status.</param>
/// <param name="Missing">Rows that this machine could not verify, by what it lacks.</param>
/// <param name="Preferences">Pairs of answers that compilers and tests ordered.</param>
public sealed record VerificationSummary(int Verified, int Before, IReadOnlyList<(string Language, RowStatus Status, int Rows)> Statuses,
    IReadOnlyDictionary<string, int> Missing, int Preferences);

/// <summary>Verifies a row: its response and its candidates against the same tests. Safe for concurrent use.</summary>
/// <param name="verifier">The gates.</param>
internal sealed class RowVerifier(Verifier verifier)
{
    /// <summary>Returns the row with its verification, and the verdict on its response.</summary>
    public (InstructionRow Row, CodeVerdict Verdict) Verify(InstructionRow row, CancellationToken cancellation)
    {
        var tests = new TestSets(row.Tests, row.IndependentTests);
        var answers = row.Candidates.Select(candidate => candidate.Response).Prepend(row.Response).ToList();
        var verdicts = answers.ConvertAll(answer => Verify(row, answer, tests, cancellation));
        if (verdicts.FindIndex(verdict => verdict.Status == RowStatus.Verified) is var best and >= 0)
        {
            // An answer that passes every set shows that the sets are right, so those who fail one are wrong.
            verdicts = verdicts.ConvertAll(verdict => verdict.FailsTests ? verdict with { Status = RowStatus.Failed } : verdict);
            if (verdicts[0].Status == RowStatus.Failed)
            {
                (answers[0], answers[best], verdicts[0], verdicts[best]) = (answers[best], answers[0], verdicts[best], verdicts[0]);
            }
        }

        return (row with
        {
            Response = answers[0],
            Verification = verdicts[0].ToRow(),
            Candidates = [.. row.Candidates.Select((_, i) => new RowCandidate(answers[i + 1], verdicts[i + 1].ToRow()))],
            Preferences = PreferenceOrder.Of(verdicts),
        }, verdicts[0]);
    }

    // Competing answers to one instruction are compared with their source before they are compared with one another. A row with one answer
    // is compared by a later step, which counts it and may reject it.
    private CodeVerdict Verify(InstructionRow row, string answer, TestSets tests, CancellationToken cancellation) =>
        verifier.Verify(
            new GateCase(row.TargetLanguage, CodeFence.Leading(answer), tests, row.Instruction,
                row.Candidates.Count > 0 ? row with { Response = answer } : null, cancellation));
}

/// <summary>
/// Orders answers to one instruction by the findings of compilers and tests (Qwen2.5-xCoder, section 3: Ds4). Answers that could not be
/// verified are left out.
/// </summary>
internal static class PreferenceOrder
{
    // How far an answer came: refused by the parser, by the compiler, by all test sets, by some of them, or by none.
    private const int Parser = 0, Compiler = 1, AllTests = 2, SomeTests = 3, None = 4;

    /// <summary>Pairs the first verified answer with each refused one, the largest margin first.</summary>
    /// <param name="verdicts">Verdicts on the answers, reached with the same tests.</param>
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

    /// <summary>How far an answer came, 0 to 4; null if the gates do not tell.</summary>
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
