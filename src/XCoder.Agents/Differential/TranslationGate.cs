using XCoder.Agents.Rows;
using XCoder.Agents.Verification;

namespace XCoder.Agents.Differential;

/// <summary>The last gate of rows that ask for code of one language in another: source and response must do the same.</summary>
/// <param name="tester">What compares them.</param>
internal sealed class TranslationGate(DifferentialTester tester)
{
    /// <summary>Whether a row holds a function and its translation.</summary>
    public static bool IsFor(InstructionRow row) => row.Task is RowTask.Translation or RowTask.Port && row.SourceLanguage != row.TargetLanguage && Source(row) is not null;

    /// <summary>Whether the gate has spoken of a row.</summary>
    public static bool IsDone(InstructionRow row) => row.Verification.Evidence.Any(evidence => evidence.Gate == DifferentialVerdict.Gate);

    /// <summary>What the gate says of a row.</summary>
    /// <param name="row">A row that it <see cref="IsFor"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    public DifferentialVerdict Judge(InstructionRow row, CancellationToken cancellation = default) =>
        tester.Compare((row.SourceLanguage, Source(row)!), (row.TargetLanguage, CodeFence.Find(row.Response, row.TargetLanguage) ?? row.Response), row.Id, cancellation);

    /// <summary>What is known of a row with the gate's word: agreement verifies it, difference fails it, and what is unknown leaves its status.</summary>
    /// <param name="before">What was known.</param>
    /// <param name="verdict">What the gate says.</param>
    public static RowVerification Join(RowVerification before, DifferentialVerdict verdict) => new(
        StatusOf(before.Status, verdict),
        [.. before.Evidence.Where(evidence => evidence.Gate != DifferentialVerdict.Gate), verdict.ToGate().ToEvidence()],
        verdict.Outcome == GateOutcome.Unknown ? before.Lacks : null);

    /// <summary>The same of an answer that has just been through the other gates.</summary>
    public static CodeVerdict Join(CodeVerdict before, DifferentialVerdict verdict) => new(StatusOf(before.Status, verdict), [.. before.Gates, verdict.ToGate()]);

    /// <summary>The verdict on a row with the gate's word: what differs is rejected. What the gate said before is taken back.</summary>
    /// <param name="before">The verdict before.</param>
    /// <param name="verdict">What the gate says.</param>
    public static RowCritique Join(RowCritique before, DifferentialVerdict verdict)
    {
        var others = before.Faults.Where(fault => fault != before.GateFault).ToList();
        var said = $"{DifferentialVerdict.Gate}: {verdict.ToGate().Detail}";
        return verdict.Outcome == GateOutcome.Failed ? before with { Verdict = Verdict.Reject, Faults = [.. others, said], GateFault = said }
            : before.GateFault is not null ? before with { Verdict = others.Count == 0 ? Verdict.Accept : before.Verdict, Faults = others, GateFault = null } : before;
    }

    private static RowStatus StatusOf(RowStatus before, DifferentialVerdict verdict) => verdict.Outcome switch
    {
        GateOutcome.Failed => RowStatus.Failed,
        GateOutcome.Passed when before != RowStatus.Failed => RowStatus.Verified,
        _ => before,
    };

    private static string? Source(InstructionRow row) => CodeFence.Find(row.Instruction, row.SourceLanguage);
}
