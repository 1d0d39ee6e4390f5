using System.Text;
using System.Text.Json;

namespace XCoder.Agents.Chat;

/// <content>Messages: their text, thoughts, refusals and calls of tools.</content>
internal sealed partial class Completion
{
    // Where a part of a message holds its text.
    private static readonly string[] Inside =
        ["text", "content", "parts", "value", "output_text", "response", "generated_text", "input", "arguments"];

    private void ReadMessage(JsonElement message, bool isWhole)
    {
        _isReply = true;
        var before = _text.Length;
        Append(_text, message, "content"u8);
        if (_text.Length == before && !IsThought(message))
        {
            _finish = Text(message, "stop_reason"u8) ?? _finish;
            Append(_text, message, "text"u8);
        }

        if (isWhole && before > 0 && _text.Length > before)
        {
            // The whole after its parts says them again.
            _text.Remove(0, before);
        }

        if (_text.Length == before && message.TryGetProperty("parsed"u8, out var parsed) && parsed.ValueKind == JsonValueKind.Object)
        {
            _text.Append(parsed.GetRawText());
        }

        Append(_thoughts, message, "reasoning_content"u8);
        Append(_thoughts, message, "reasoning"u8);
        Append(_thoughts, message, "thinking"u8);
        Append(_refusal, message, "refusal"u8);
        if (message.TryGetProperty("tool_calls"u8, out var calls) && calls.ValueKind == JsonValueKind.Array && calls.GetArrayLength() > 0
            && calls[0].ValueKind == JsonValueKind.Object)
        {
            AppendArguments(calls[0].TryGetProperty("function"u8, out var function) ? function : calls[0]);
        }
        else if (message.TryGetProperty("function_call"u8, out var call))
        {
            AppendArguments(call);
        }
    }

    private void AppendArguments(JsonElement function)
    {
        if (function.ValueKind == JsonValueKind.Object && function.TryGetProperty("arguments"u8, out var arguments))
        {
            _arguments.Append(arguments.ValueKind == JsonValueKind.Object ? arguments.GetRawText()
                : arguments.ValueKind == JsonValueKind.String ? Valid(arguments) : "");
        }
    }

    private static void Append(StringBuilder text, JsonElement message, ReadOnlySpan<byte> name)
    {
        if (message.TryGetProperty(name, out var value))
        {
            Append(text, value);
        }
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                text.Append(Valid(value));
                break;
            case JsonValueKind.Array:
                foreach (var part in value.EnumerateArray())
                {
                    Append(text, part);
                }

                break;
            case JsonValueKind.Object when !IsThought(value):
                foreach (var name in Inside)
                {
                    if (value.TryGetProperty(name, out var inner) && inner.ValueKind != JsonValueKind.Null)
                    {
                        Append(text, inner);
                        return;
                    }
                }

                // The answer itself, not written as text.
                if (!value.TryGetProperty("type"u8, out _))
                {
                    text.Append(value.GetRawText());
                }

                break;
        }
    }

    private static bool IsThought(JsonElement part) =>
        (part.TryGetProperty("thought"u8, out var thought) && thought.ValueKind == JsonValueKind.True)
        || (Text(part, "type"u8) is { } type && (type.Contains("think", StringComparison.OrdinalIgnoreCase)
            || type.Contains("thought", StringComparison.OrdinalIgnoreCase) || type.Contains("reason", StringComparison.OrdinalIgnoreCase)))
        || Text(part, "channel"u8) is "analysis" or "commentary";

    private static string? Text(JsonElement value, ReadOnlySpan<byte> name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? Valid(text) : null;

    // A lone half of a character cannot be read as text: it is replaced, unless the next part of a stream holds the other half.
    private static string Valid(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return HalfCharacters.Unescape(text.GetRawText());
        }
    }
}
