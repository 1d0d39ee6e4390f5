using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// The last gate of rows that ask for a translation: the source in the instruction and the code in the response must do the same. The
/// verifier calls it for answers that are compared with one another. For other rows a step of the pass calls it on its own, even if no
/// other gate applies (mined rows) or all others have already decided.
/// </summary>
/// <param name="tester">Compares source and response.</param>
internal sealed class TranslationGate(DifferentialTester tester) : IGate
{
    // The comparison with the source needs neither strong tests nor the tools of the other gates.
    bool IGate.IsAskedAnyway => true;

    /// <summary>Whether a row holds a function and its translation into another language.</summary>
    public static bool IsFor(InstructionRow row) =>
        row.Task.HasTwin() && !row.Task.IsOfTests() && row.SourceLanguage != row.TargetLanguage && Source(row) is not null;

    /// <summary>Whether the row's evidence already holds a result of this gate.</summary>
    public static bool IsDone(InstructionRow row) => row.Verification.Evidence.Any(evidence => evidence.Gate == DifferentialVerdict.Gate);

    /// <summary>Compares the source of a row with its response.</summary>
    /// <param name="row">A row for which <see cref="IsFor"/> is true.</param>
    /// <param name="cancellation">Ends the comparison.</param>
    public DifferentialVerdict Judge(InstructionRow row, CancellationToken cancellation = default) =>
        tester.Compare((row.SourceLanguage, Source(row)!),
            (row.TargetLanguage, CodeFence.Find(row.Response, row.TargetLanguage) ?? row.Response), row.Id, Examples(row),
            cancellation);

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
    /// Adds the gate's result to a row's verification: agreement verifies the row, difference fails it, and an unknown outcome keeps its
    /// status.
    /// </summary>
    /// <param name="before">The verification so far.</param>
    /// <param name="verdict">The gate's verdict.</param>
    public static RowVerification Join(RowVerification before, DifferentialVerdict verdict) => new(
        before.Status == RowStatus.Failed ? RowStatus.Failed : StatusOf(verdict) ?? before.Status,
        [.. before.Evidence.Where(evidence => evidence.Gate != DifferentialVerdict.Gate), verdict.ToGate().ToEvidence()],
        verdict.Outcome == GateOutcome.Unknown ? before.Lacks : null);

    /// <summary>
    /// Adds the gate's result to a row's critique: a difference rejects the row. An earlier fault from this gate is removed.
    /// </summary>
    /// <param name="before">The critique so far.</param>
    /// <param name="verdict">The gate's verdict.</param>
    public static RowCritique Join(RowCritique before, DifferentialVerdict verdict)
    {
        var others = before.Faults.Where(fault => fault != before.GateFault).ToList();
        var said = $"{DifferentialVerdict.Gate}: {verdict.ToGate().Detail}";
        return verdict.Outcome == GateOutcome.Failed
            ? before with { Verdict = Verdict.Reject, Faults = [.. others, said], GateFault = said }
            : before.GateFault is not null
                ? before with { Verdict = others.Count == 0 ? Verdict.Accept : before.Verdict, Faults = others, GateFault = null } : before;
    }

    // The instruction may document the source and may show calls in either language; tests call the translation. The source itself is
    // read as code.
    private static List<(string, string)> Examples(InstructionRow row)
    {
        var words = Source(row) is { Length: > 0 } code ? row.Instruction.Replace(code, "", StringComparison.Ordinal) : row.Instruction;
        return [(row.SourceLanguage, words), (row.TargetLanguage, words), (row.TargetLanguage, row.Tests ?? ""),
            (row.TargetLanguage, row.IndependentTests ?? "")];
    }

    private static RowStatus? StatusOf(DifferentialVerdict verdict) => verdict.Outcome switch
    {
        GateOutcome.Failed => RowStatus.Failed,
        GateOutcome.Passed => RowStatus.Verified,
        _ => null,
    };

    private static string? Source(InstructionRow row) => CodeFence.Find(row.Instruction, row.SourceLanguage);
}
