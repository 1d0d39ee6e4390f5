using System.Text.Json.Serialization;

namespace XCoder.Agents.Generation;

/// <summary>How the context of a seed is found.</summary>
public enum ContextKind
{
    /// <summary>No context.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>By BM25 over the snippets' terms.</summary>
    [JsonStringEnumMemberName("lexical")]
    Lexical,

    /// <summary>By cosine fused with BM25, as <c>neighbours</c> ranks.</summary>
    [JsonStringEnumMemberName("embedding")]
    Embedding,
}
