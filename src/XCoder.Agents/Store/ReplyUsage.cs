namespace XCoder.Agents.Store;

/// <summary>What recorded replies took.</summary>
public sealed record ReplyUsage
{
    /// <summary>Number of replies.</summary>
    public long Requests { get; init; }

    /// <summary>Tokens of their requests.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of the replies.</summary>
    public long CompletionTokens { get; init; }
}
