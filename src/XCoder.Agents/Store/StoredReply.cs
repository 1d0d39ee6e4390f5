namespace XCoder.Agents.Store;

/// <summary>A reply of the chat model as it is recorded: what was received, before anything is read into it.</summary>
public sealed record StoredReply
{
    /// <summary>Content address of the request.</summary>
    public string Key { get; init; } = "";

    /// <summary>What the question was for.</summary>
    public string Role { get; init; } = "";

    /// <summary>Name of the model asked.</summary>
    public string Model { get; init; } = "";

    /// <summary>The reply's text; may be empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>What the endpoint gives as refusal, or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why it ended: <c>stop</c>, <c>length</c>, <c>content_filter</c> or what else the endpoint says.</summary>
    public string Finish { get; init; } = "stop";

    /// <summary>Tokens of the request, by the endpoint's count; 0 where it gives none.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of the reply.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Milliseconds from sending to the reply's end.</summary>
    public long Milliseconds { get; init; }

    /// <summary>When it came, ISO 8601.</summary>
    public string CreatedAt { get; init; } = "";
}
