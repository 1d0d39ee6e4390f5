using System.Text.Json.Serialization;

namespace XCoder.Agents.Dialogue;

/// <summary>How a parallel discussion ends.</summary>
public enum Decision
{
    /// <summary>Most votes; of equally many the agent that comes first.</summary>
    [JsonStringEnumMemberName("vote")]
    Vote,

    /// <summary>All proposals become one.</summary>
    [JsonStringEnumMemberName("merge")]
    Merge,
}
