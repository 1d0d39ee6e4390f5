using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = OpenAI.Chat.ChatResponseFormat;

namespace XCoder.Agents.Chat;

/// <summary>Between the types of Microsoft.Extensions.AI and those of the OpenAI package. Text only.</summary>
internal static class OpenAIMessages
{
    /// <summary>Code of the <see cref="ErrorContent"/> that holds a refusal.</summary>
    public const string Refusal = "Refusal";

    public static List<OpenAI.Chat.ChatMessage> Of(IEnumerable<ChatMessage> messages) => [.. messages.Select(message => (OpenAI.Chat.ChatMessage)(
        message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
        : message.Role == ChatRole.Assistant ? new AssistantChatMessage(message.Text)
        : new UserChatMessage(message.Text)))];

    public static ChatCompletionOptions Of(ChatOptions? options, bool sendsMaxTokens)
    {
        var result = new ChatCompletionOptions
        {
            Temperature = options?.Temperature,
            TopP = options?.TopP,
            MaxOutputTokenCount = options?.MaxOutputTokens,
            ResponseFormat = options?.ResponseFormat switch
            {
                ChatResponseFormatJson { Schema: { } schema } json => ChatResponseFormat.CreateJsonSchemaFormat(json.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()), json.SchemaDescription, jsonSchemaIsStrict: true),
                ChatResponseFormatJson => ChatResponseFormat.CreateJsonObjectFormat(),
                _ => null,
            },
        };
        if (sendsMaxTokens && options?.MaxOutputTokens is { } most)
        {
#pragma warning disable SCME0001 // The only way to a field that the package no longer writes.
            result.Patch.Set("$.max_tokens"u8, most);
#pragma warning restore SCME0001
        }

        return result;
    }

    public static ChatResponse Of(ChatCompletion completion)
    {
        var message = new ChatMessage(ChatRole.Assistant, string.Concat(completion.Content.Select(part => part.Text)));
        AddRefusal(message.Contents, completion.Refusal);
        return new ChatResponse(message) { FinishReason = Finish(completion.FinishReason), Usage = Usage(completion.Usage), ModelId = completion.Model };
    }

    public static ChatResponseUpdate Of(StreamingChatCompletionUpdate update)
    {
        var result = new ChatResponseUpdate(ChatRole.Assistant, string.Concat(update.ContentUpdate.Select(part => part.Text))) { FinishReason = update.FinishReason is { } reason ? Finish(reason) : null };
        AddRefusal(result.Contents, update.RefusalUpdate);
        if (Usage(update.Usage) is { } usage)
        {
            result.Contents.Add(new UsageContent(usage));
        }

        return result;
    }

    private static void AddRefusal(IList<AIContent> contents, string? refusal)
    {
        if (!string.IsNullOrEmpty(refusal))
        {
            contents.Add(new ErrorContent(refusal) { ErrorCode = Refusal });
        }
    }

    private static ChatFinishReason Finish(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails? Usage(ChatTokenUsage? usage) => usage is null ? null : new UsageDetails { InputTokenCount = usage.InputTokenCount, OutputTokenCount = usage.OutputTokenCount, TotalTokenCount = usage.TotalTokenCount };
}
