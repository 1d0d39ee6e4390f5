using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What a row asks for.</summary>
public enum RowTask
{
    /// <summary>Code of one language in another.</summary>
    [JsonStringEnumMemberName("translation")]
    Translation,

    /// <summary>Code for a documentation.</summary>
    [JsonStringEnumMemberName("implementation")]
    Implementation,

    /// <summary>A documentation for code.</summary>
    [JsonStringEnumMemberName("documentation")]
    Documentation,

    /// <summary>The body for a signature with its documentation.</summary>
    [JsonStringEnumMemberName("completion")]
    Completion,

    /// <summary>Code of another language in the style of a given repository.</summary>
    [JsonStringEnumMemberName("port")]
    Port,

    /// <summary>Whatever an agent's instruction asks for.</summary>
    [JsonStringEnumMemberName("instruction")]
    Instruction,
}
