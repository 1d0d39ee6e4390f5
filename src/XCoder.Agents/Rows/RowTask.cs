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

/// <summary>What follows from a task.</summary>
internal static class RowTasks
{
    /// <summary>Whether a row shows code of one language and asks for it in another.</summary>
    public static bool HasTwin(this RowTask task) => task is RowTask.Translation or RowTask.Port;

    /// <summary>Whether a row needs a function with a documentation by its author.</summary>
    public static bool NeedsDocumentation(this RowTask task) => task is RowTask.Implementation or RowTask.Documentation or RowTask.Completion;
}
