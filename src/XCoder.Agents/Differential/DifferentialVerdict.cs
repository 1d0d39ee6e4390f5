using XCoder.Agents.Verification;

namespace XCoder.Agents.Differential;

/// <summary>What calling two functions with the same values showed.</summary>
/// <param name="Outcome">Passed: they agree. Failed: they do not. Unknown: nothing can be said, or no more than <paramref name="Kind"/>.</param>
/// <param name="Detail">What was found, with values, for people.</param>
/// <param name="Kind">How they differ.</param>
/// <param name="Calls">Calls that were made.</param>
/// <param name="Values">Calls that gave a value on both sides.</param>
/// <param name="Distinct">Different values among them.</param>
/// <param name="Reason">Where unknown: why, in few words, to be counted; else null.</param>
public sealed record DifferentialVerdict(GateOutcome Outcome, string Detail, DifferenceKind Kind = DifferenceKind.None, int Calls = 0, int Values = 0, int Distinct = 0, string? Reason = null)
{
    /// <summary>Name of the gate.</summary>
    public const string Gate = TestSets.SourceGate;

    /// <summary>Reason where programs cannot be isolated.</summary>
    public const string NoIsolation = "no isolation";

    /// <summary>Reason where a toolchain is not here.</summary>
    public const string NoToolchain = "no toolchain";

    /// <summary>Reason where the machine was too busy to tell.</summary>
    public const string NoTime = "too little time";

    /// <summary>Whether another machine would say the same: nothing is missing here.</summary>
    public bool IsLasting => Reason is not (NoIsolation or NoToolchain or NoTime);

    /// <summary>As a gate's result.</summary>
    public GateResult ToGate() => new(Gate, Outcome, Detail.ReplaceLineEndings(" "));
}
