using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What a snippet was to a row.</summary>
public enum LineageRole
{
    /// <summary>The row was made from it.</summary>
    [JsonStringEnumMemberName("seed")]
    Seed,

    /// <summary>Parallel code of the seed that is part of the row.</summary>
    [JsonStringEnumMemberName("twin")]
    Twin,

    /// <summary>A chat model was shown it.</summary>
    [JsonStringEnumMemberName("context")]
    Context,
}
