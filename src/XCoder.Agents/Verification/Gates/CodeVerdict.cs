using XCoder.Agents.Rows;

namespace XCoder.Agents.Verification.Gates;

/// <summary>What all gates found of a response.</summary>
/// <param name="Status">What they came to.</param>
/// <param name="Gates">What each gate found, in order.</param>
internal sealed record CodeVerdict(RowStatus Status, IReadOnlyList<GateResult> Gates)
{
    /// <summary>The gate that refused the response, or null.</summary>
    public GateResult? Failure => Gates.FirstOrDefault(gate => gate.Outcome == GateOutcome.Failed);

    /// <summary>What this machine lacked to say more, or null where the verdict would be the same on another.</summary>
    public string? Lacks => Status is RowStatus.Failed or RowStatus.Verified ? null : Gates.FirstOrDefault(gate => gate.Lacks is not null)?.Lacks;

    /// <summary>As a row holds it.</summary>
    public RowVerification ToRow() => new(Status, [.. Gates.Select(gate => gate.ToEvidence())], Lacks);
}
