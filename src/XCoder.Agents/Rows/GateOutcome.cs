using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What a gate says.</summary>
public enum GateOutcome
{
    /// <summary>The code passes.</summary>
    [JsonStringEnumMemberName("passed")]
    Passed,

    /// <summary>The code is refused.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Nothing can be said here: a tool, a module or the isolation is missing.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
