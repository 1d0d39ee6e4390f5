using System.Text.Json.Serialization;

namespace XCoder.Agents.Dialogue;

/// <summary>How a row is written.</summary>
public enum Protocol
{
    /// <summary>Snippet, instruction, response (Ds1).</summary>
    [JsonStringEnumMemberName("forward")]
    Forward,

    /// <summary>Snippet, response, instruction (Ds2).</summary>
    [JsonStringEnumMemberName("reverse")]
    Reverse,

    /// <summary>Snippet, its code in another language (Ds1, ours).</summary>
    [JsonStringEnumMemberName("translation")]
    Translation,

    /// <summary>A main agent decides on what the others propose (Ds3).</summary>
    [JsonStringEnumMemberName("centralised")]
    Centralised,

    /// <summary>All propose, all react, a vote or a merge decides (Ds3).</summary>
    [JsonStringEnumMemberName("parallel")]
    Parallel,
}
