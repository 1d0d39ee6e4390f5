using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What a critique says of a row.</summary>
public enum Verdict
{
    /// <summary>Good as it is.</summary>
    [JsonStringEnumMemberName("accept")]
    Accept,

    /// <summary>To be written again with the faults named.</summary>
    [JsonStringEnumMemberName("revise")]
    Revise,

    /// <summary>Not to be used; kept, marked.</summary>
    [JsonStringEnumMemberName("reject")]
    Reject,
}
