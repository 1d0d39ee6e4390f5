using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// The last gate of rows that ask for code of one language in another: source and response must do the same. The verifier asks it about
/// answers that are compared with one another. About other rows a step of the pass asks it alone, also where no other gate can be asked
/// (mined rows) or all others have spoken before.
/// </summary>
/// <param name="tester">What compares them.</param>
internal sealed class TranslationGate(DifferentialTester tester) : IGate
{
    // Neither weak tests nor a missing tool keep the source from telling.
    bool IGate.IsAskedAnyway => true;

    /// <summary>Whether a row holds a function and its translation.</summary>
    public static bool IsFor(InstructionRow row) =>
        row.Task.HasTwin() && row.SourceLanguage != row.TargetLanguage && Source(row) is not null;

    /// <summary>Whether the gate has spoken of a row.</summary>
    public static bool IsDone(InstructionRow row) => row.Verification.Evidence.Any(evidence => evidence.Gate == DifferentialVerdict.Gate);

    /// <summary>What the gate says of a row.</summary>
    /// <param name="row">A row that it <see cref="IsFor"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    public DifferentialVerdict Judge(InstructionRow row, CancellationToken cancellation = default) =>
        tester.Compare((row.SourceLanguage, Source(row)!),
            (row.TargetLanguage, CodeFence.Find(row.Response, row.TargetLanguage) ?? row.Response), row.Id, cancellation);

    /// <inheritdoc/>
    RowStatus? IGate.Pass(GateCase answer)
    {
        if (answer.Translation is not { } row || !IsFor(row))
        {
            return null;
        }

        var verdict = Judge(row, answer.Cancellation);
        answer.Results.Add(verdict.ToGate());
        return StatusOf(verdict);
    }

    /// <summary>
    /// What is known of a row with the gate's word: agreement verifies it, difference fails it, and what is unknown leaves its status.
    /// </summary>
    /// <param name="before">What was known.</param>
    /// <param name="verdict">What the gate says.</param>
    public static RowVerification Join(RowVerification before, DifferentialVerdict verdict) => new(
        before.Status == RowStatus.Failed ? RowStatus.Failed : StatusOf(verdict) ?? before.Status,
        [.. before.Evidence.Where(evidence => evidence.Gate != DifferentialVerdict.Gate), verdict.ToGate().ToEvidence()],
        verdict.Outcome == GateOutcome.Unknown ? before.Lacks : null);

    /// <summary>The verdict on a row with the gate's word: what differs is rejected. What the gate said before is taken back.</summary>
    /// <param name="before">The verdict before.</param>
    /// <param name="verdict">What the gate says.</param>
    public static RowCritique Join(RowCritique before, DifferentialVerdict verdict)
    {
        var others = before.Faults.Where(fault => fault != before.GateFault).ToList();
        var said = $"{DifferentialVerdict.Gate}: {verdict.ToGate().Detail}";
        return verdict.Outcome == GateOutcome.Failed
            ? before with { Verdict = Verdict.Reject, Faults = [.. others, said], GateFault = said }
            : before.GateFault is not null
                ? before with { Verdict = others.Count == 0 ? Verdict.Accept : before.Verdict, Faults = others, GateFault = null } : before;
    }

    private static RowStatus? StatusOf(DifferentialVerdict verdict) => verdict.Outcome switch
    {
        GateOutcome.Failed => RowStatus.Failed,
        GateOutcome.Passed => RowStatus.Verified,
        _ => null,
    };

    private static string? Source(InstructionRow row) => CodeFence.Find(row.Instruction, row.SourceLanguage);
}
