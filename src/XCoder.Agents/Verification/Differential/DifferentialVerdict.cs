using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;

namespace XCoder.Agents.Verification.Differential;

/// <summary>What calling two functions with the same values showed.</summary>
/// <param name="Outcome">Passed: they agree. Failed: they do not. Unknown: nothing can be said, or no more than <paramref name="Kind"/>.</param>
/// <param name="Detail">What was found, with values, for people.</param>
/// <param name="Kind">How they differ.</param>
/// <param name="Calls">Calls that were made.</param>
/// <param name="Values">Calls that gave a value on both sides.</param>
/// <param name="Distinct">Different values among them.</param>
/// <param name="Reason">Where unknown: why; else null.</param>
internal sealed record DifferentialVerdict(GateOutcome Outcome, string Detail, DifferenceKind Kind = DifferenceKind.None, int Calls = 0, int Values = 0, int Distinct = 0, GateReason? Reason = null)
{
    /// <summary>Name of the gate.</summary>
    public const string Gate = TestSets.SourceGate;

    /// <summary>The reason in words, to be counted; null where there is none.</summary>
    public string? ReasonText => Reason is not { } reason ? null : RowNames.Of(reason).Replace('-', ' ') + (reason == GateReason.DiffersInDoubt ? ": " + RowNames.Of(Kind) : "");

    /// <summary>Whether another machine would say the same: nothing is missing here.</summary>
    public bool IsLasting => Reason is not (GateReason.NoIsolation or GateReason.NoToolchain or GateReason.TooLittleTime);

    /// <summary>As a gate's result.</summary>
    public GateResult ToGate() => new(Gate, Outcome, Reason ?? (Outcome == GateOutcome.Failed ? GateReason.Differs : null), Detail.ReplaceLineEndings(" "));
}
