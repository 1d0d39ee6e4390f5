using XCoder.Agents.Rows;

namespace XCoder.Agents.Verification.Gates;

/// <summary>The tests of a response: two agents wrote them, one with the response, one without having seen it.</summary>
/// <param name="Own">By the response's author; null or blank where there are none.</param>
/// <param name="Independent">By another agent, from the instruction; null or blank where there are none.</param>
internal sealed record TestSets(string? Own, string? Independent = null)
{
    /// <summary>Names of the gates that run them.</summary>
    public const string OwnGate = GateNames.Tests, IndependentGate = GateNames.Independent;

    /// <summary>Name of the gate that tests a translation by its source: both are given the same values.</summary>
    public const string SourceGate = GateNames.Differential;

    /// <summary>Those that are there.</summary>
    public IReadOnlyList<(string Gate, string Text)> All { get; } =
        [.. new[] { (Gate: OwnGate, Text: Own ?? ""), (Gate: IndependentGate, Text: Independent ?? "") }.Where(set => !string.IsNullOrWhiteSpace(set.Text))];

    /// <summary>The gate whose tests are missing while the other's are there; null where both are, or none.</summary>
    public string? Missing => All is [var one] ? one.Gate == OwnGate ? IndependentGate : OwnGate : null;
}
