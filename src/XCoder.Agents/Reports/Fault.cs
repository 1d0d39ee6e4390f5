using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

/// <summary>A failure as the table of faults sees it.</summary>
/// <param name="Gate">The gate: <c>tests</c> whoever wrote them, <c>build</c> where the program with its tests could not be built, <c>critique</c> for what a critic says.</param>
/// <param name="Reason">Why it failed; null where nothing says it.</param>
/// <param name="ExitCode">Exit code of what was run; null where it did not end by itself, or nothing was run.</param>
/// <param name="Message">What the tool said; what the gate said where nothing was run.</param>
internal sealed record Fault(string Gate, GateReason? Reason, int? ExitCode, string Message)
{
    private const string Build = "build";

    /// <summary>What a gate found.</summary>
    public static Fault Of(GateEvidence evidence) => new(
        evidence.Gate is not (GateNames.Tests or GateNames.Independent) ? evidence.Gate : evidence.Reason == GateReason.NotBuilt ? Build : GateNames.Tests,
        evidence.Reason, evidence.ExitCode, evidence.Output ?? (evidence.Milliseconds is null ? evidence.Detail : ""));
}
