using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What the gates came to, best first.</summary>
public enum RowStatus
{
    /// <summary>It passed every gate, its tests in isolation among them.</summary>
    [JsonStringEnumMemberName("verified")]
    Verified,

    /// <summary>A parser read it without an error.</summary>
    [JsonStringEnumMemberName("parsed-only")]
    ParsedOnly,

    /// <summary>It failed a check.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Nothing here can check it.</summary>
    [JsonStringEnumMemberName("unverifiable")]
    Unverifiable,
}
