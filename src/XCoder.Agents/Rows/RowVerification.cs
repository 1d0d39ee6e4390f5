using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What was checked of a response without believing any model.</summary>
/// <param name="Status">What the gates came to.</param>
/// <param name="Evidence">What shows it: what each gate found, in order; bounded. Rows of earlier versions, which held sentences, are migrated when they are read.</param>
/// <param name="Lacks">What this machine lacked to say more, so that it is tried again once that is here: <see cref="Isolation"/> or <see cref="Toolchain"/>; null: nothing.</param>
public sealed record RowVerification(
    RowStatus Status, [property: JsonConverter(typeof(EvidenceConverter))] IReadOnlyList<GateEvidence> Evidence, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Lacks = null)
{
    /// <summary>Lacked where programs cannot be isolated.</summary>
    public const string Isolation = "isolation";

    /// <summary>Lacked where the tools of a language are not here, or do not work.</summary>
    public const string Toolchain = "toolchain";

    /// <summary>Lacked where the machine was too busy to tell. Such a verdict is not kept.</summary>
    public const string Time = "time";

    // A gate beyond the parser has spoken.
    internal bool WentThroughGates() => Evidence.Any(evidence => evidence.IsBeyondParser);
}
