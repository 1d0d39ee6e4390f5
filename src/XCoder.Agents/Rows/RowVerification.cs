using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What was checked of a response without believing any model.</summary>
/// <param name="Status"><c>verified</c>, <c>parsed-only</c>, <c>failed</c> or <c>unverifiable</c>.</param>
/// <param name="Evidence">What shows it: what each gate found, in order; bounded. Rows of earlier versions, which held sentences, are migrated when they are read.</param>
/// <param name="Lacks">What this machine lacked to say more, so that it is tried again once that is here: <see cref="Isolation"/> or <see cref="Toolchain"/>; null: nothing.</param>
public sealed record RowVerification(
    string Status, [property: JsonConverter(typeof(EvidenceConverter))] IReadOnlyList<GateEvidence> Evidence, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Lacks = null)
{
    /// <summary>Lacked where programs cannot be isolated.</summary>
    public const string Isolation = "isolation";

    /// <summary>Lacked where the tools of a language are not here, or do not work.</summary>
    public const string Toolchain = "toolchain";

    /// <summary>Lacked where the machine was too busy to tell. Such a verdict is not kept.</summary>
    public const string Time = "time";

    /// <summary>Status of a response that passed every gate, its tests in isolation among them.</summary>
    public const string Verified = "verified";

    /// <summary>Status of a response that a parser read without an error.</summary>
    public const string ParsedOnly = "parsed-only";

    /// <summary>Status of a response that failed a check.</summary>
    public const string Failed = "failed";

    /// <summary>Status of a response that nothing here can check.</summary>
    public const string Unverifiable = "unverifiable";

    /// <summary>All statuses, best first.</summary>
    public static IReadOnlyList<string> Statuses { get; } = [Verified, ParsedOnly, Failed, Unverifiable];

    // A gate beyond the parser has spoken.
    internal bool WentThroughGates() => Evidence.Any(evidence => evidence.IsBeyondParser);
}
