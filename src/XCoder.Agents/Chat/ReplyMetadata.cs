using Microsoft.SemanticKernel;
using ChatTokenUsage = OpenAI.Chat.ChatTokenUsage;
using UsageDetails = Microsoft.Extensions.AI.UsageDetails;

namespace XCoder.Agents.Chat;

/// <summary>What a chat service says of a reply besides its text. Services name the same things differently.</summary>
internal static class ReplyMetadata
{
    /// <summary>Tokens of request and reply; 0 where the service does not count.</summary>
    public static (long Prompt, long Completion) Usage(ChatMessageContent? reply) => Value(reply, "Usage") switch
    {
        ChatTokenUsage usage => (usage.InputTokenCount, usage.OutputTokenCount),
        UsageDetails usage => (usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0),
        _ => (0, 0),
    };

    /// <summary>What the model said instead of an answer, or null.</summary>
    public static string? Refusal(ChatMessageContent? reply) => Value(reply, "Refusal") as string;

    /// <summary>Why it ended, as it is recorded: <c>stop</c>, <c>length</c> or <c>content_filter</c>.</summary>
    public static string Finish(ChatMessageContent? reply) => Value(reply, "FinishReason")?.ToString()?.ToUpperInvariant() switch
    {
        "LENGTH" or "MAX_TOKENS" => "length",
        "CONTENTFILTER" or "CONTENT_FILTER" or "SAFETY" => "content_filter",
        _ => "stop",
    };

    private static object? Value(ChatMessageContent? reply, string name) => reply?.Metadata?.GetValueOrDefault(name);
}
