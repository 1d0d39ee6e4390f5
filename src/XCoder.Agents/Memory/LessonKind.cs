using System.Text.Json.Serialization;

namespace XCoder.Agents.Memory;

/// <summary>What a lesson is about.</summary>
public enum LessonKind
{
    /// <summary>Worth doing again.</summary>
    [JsonStringEnumMemberName("merit")]
    Merit,

    /// <summary>To be avoided.</summary>
    [JsonStringEnumMemberName("fault")]
    Fault,
}
