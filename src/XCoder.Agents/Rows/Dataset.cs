using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>How a row came about (Qwen2.5-xCoder, section 3; <see cref="Mined"/> is ours).</summary>
public enum Dataset
{
    /// <summary>Of real parallel code, no chat model: instruction by template, response as its author wrote it.</summary>
    [JsonStringEnumMemberName("mined")]
    Mined,

    /// <summary>From a snippet forwards: an instruction, then a response.</summary>
    [JsonStringEnumMemberName("Ds1")]
    Forward,

    /// <summary>From a snippet backwards: a response, then the instruction it answers.</summary>
    [JsonStringEnumMemberName("Ds2")]
    Reverse,

    /// <summary>From a discussion among language agents.</summary>
    [JsonStringEnumMemberName("Ds3")]
    Discussion,

    /// <summary>A preference pair: two answers to one instruction, ordered by evidence.</summary>
    [JsonStringEnumMemberName("Ds4")]
    Preference,
}
