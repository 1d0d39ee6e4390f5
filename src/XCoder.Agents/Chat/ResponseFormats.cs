using Microsoft.Extensions.AI;

namespace XCoder.Agents.Chat;

/// <summary>
/// How the answer's form is asked for: by JSON schema, as any JSON object, or in words alone. An endpoint that rejects one way is
/// asked in the next, and that is kept for the run.
/// </summary>
internal sealed class ResponseFormats
{
    private const int BySchema = 0, InWords = 2;

    private static readonly string[] Signs = ["response_format", "json_schema", "json_object", "schema", "grammar", "structured", "guided"];

    private int _way = BySchema;
    private bool _isProven;

    /// <summary>The way that is used now.</summary>
    public int Current => Volatile.Read(ref _way);

    /// <summary>Whether a rejected request is worth another way: the endpoint names the format, or none has succeeded yet.</summary>
    public bool IsWorthAnother(int way, ChatCallException failure) =>
        way < InWords && failure.Status is 400 or 415 or 422 or 501 && (way < Current || !Volatile.Read(ref _isProven) || Signs.Any(sign => failure.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Keeps a way that worked.</summary>
    public void Keep(int way)
    {
        if (way > Current || !Volatile.Read(ref _isProven))
        {
            Volatile.Write(ref _way, Math.Max(way, Current));
            Volatile.Write(ref _isProven, true);
        }
    }

    /// <summary>The format as the client takes it.</summary>
    public static ChatResponseFormat? Of(int way, AnswerSchema schema) => way switch
    {
        BySchema => ChatResponseFormat.ForJsonSchema(schema.Json, schema.Name),
        InWords => null,
        _ => ChatResponseFormat.Json,
    };

    /// <summary>The messages, with the schema in words where the format does not carry it.</summary>
    public static IEnumerable<ChatMessage> Messages(int way, IReadOnlyList<ChatText> messages, AnswerSchema schema)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var text = way != BySchema && i == messages.Count - 1 ? $"{messages[i].Text}\n\nAnswer with one JSON object that fits this JSON schema, and with nothing else:\n{schema.Text}" : messages[i].Text;
            yield return new ChatMessage(new ChatRole(messages[i].Role), text);
        }
    }
}
