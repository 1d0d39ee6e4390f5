using System.Text.Json.Serialization;

namespace XCoder.Agents.Generation;

/// <summary>What agents write: the data sets of Qwen2.5-xCoder (section 3), and translations of real code, which are ours.</summary>
public enum RowKind
{
    /// <summary>A snippet, a task it inspires, a response (Ds1).</summary>
    [JsonStringEnumMemberName("Ds1")]
    Forward,

    /// <summary>A snippet, code it inspires, the task that code answers (Ds2).</summary>
    [JsonStringEnumMemberName("Ds2")]
    Reverse,

    /// <summary>A task that agents agree on, and a response (Ds3).</summary>
    [JsonStringEnumMemberName("Ds3")]
    Discussion,

    /// <summary>A snippet in another language: its own code is what the response is tested against. The rows are of Ds1.</summary>
    [JsonStringEnumMemberName("translation")]
    Translation,
}
