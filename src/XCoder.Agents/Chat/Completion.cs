using System.Text;
using System.Text.Json;
using XCoder.Agents.Chat.Answers;

namespace XCoder.Agents.Chat;

/// <summary>
/// The parts of a reply that matter, read from any form: whole or streamed, asked for or not, content as text or in parts, as the arguments
/// of a tool call or in the field for thoughts, fields missing, null or of another type.
/// </summary>
internal sealed partial class Completion
{
    /// <summary>The finish reason of a reply that reached a limit of tokens.</summary>
    public const string Length = "length";

    private const int BytesPerToken = 4, MaxPrefix = 64;

    // Where servers of other protocols hold the text, apart from OpenAI's.
    private static readonly string[] Texts = ["response", "output_text", "generated_text", "content", "output", "results", "result"];

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _thoughts = new();
    private readonly StringBuilder _arguments = new();
    private readonly StringBuilder _refusal = new();
    private string? _finish;
    private string _model = "";
    private long _prompt;
    private long _completion;
    private bool _isCounted;
    private bool _isReply;
    private bool _isFailed;

    /// <summary>
    /// Why the reply ended, in OpenAI's words. A text that breaks off in the middle of code or JSON reached a limit, whatever the server
    /// says.
    /// </summary>
    public string Finish => _finish?.ToLowerInvariant() switch
    {
        "length" or "max_tokens" or "model_length" or "max_output_tokens" or "max_new_tokens" => Length,
        "content_filter" or "safety" or "sensitive" or "prohibited_content" or "recitation" or "blocklist" => "content_filter",
        _ => _refusal.Length == 0 && OpenFence.IsCut(Text()) ? Length : "stop",
    };

    /// <summary>Tokens of the reply: as the server counts them, else about as many as its text has.</summary>
    public long Tokens => _isCounted && _completion > 0 ? _completion
        : (_text.Length + _thoughts.Length + _arguments.Length) / BytesPerToken;

    /// <summary>Whether the reply holds anything at all.</summary>
    public bool IsEmpty => _refusal.Length == 0 && string.IsNullOrWhiteSpace(Text());

    /// <summary>Reads the body of a reply.</summary>
    /// <param name="body">The body.</param>
    /// <param name="host">The server's name, for messages.</param>
    /// <returns>The reply, or null when the body is not a reply of the protocol.</returns>
    /// <exception cref="ChatCallException">A stream ended early.</exception>
    public static Completion? Read(ReadOnlySpan<byte> body, string host)
    {
        body = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        body = body.Trim(" \t\r\n"u8);
        var completion = new Completion();

        // Comments that keep a connection open may come before a whole reply.
        while (body is [(byte)':', ..] && body.IndexOf((byte)'\n') is > 0 and var end && body[(end + 1)..].TrimStart(" \r\n"u8) is var below
            && below is [(byte)'{' or (byte)'[' or (byte)':', ..])
        {
            body = below;
        }

        body = Unwrapped(body);
        if (!body.IsEmpty && body[0] is not ((byte)'{' or (byte)'[' or (byte)'<'))
        {
            var isComplete = completion.ReadStream(body);
            return !completion._isReply ? null : isComplete ? completion
                : throw new ChatCallException(ChatCallError.Cut, $"{host} ended its reply early.");
        }

        // One value, or several of which each is a part; what follows them, such as the end mark of a stream, says nothing.
        for (var rest = body; rest.Length > 0 && Next(ref rest) is { } part;)
        {
            completion.ReadPart(part);
        }

        return completion._isReply ? completion : null;
    }

    // Without a prefix that keeps scripts from reading a body, or the name of a function to call with it.
    private static ReadOnlySpan<byte> Unwrapped(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf((byte)'{');
        var before = start is > 0 and < MaxPrefix ? body[..start].Trim(" \t\r\n"u8) : default;
        return before.StartsWith(")]}"u8) || before.StartsWith("for("u8) || before is [.., (byte)'('] ? body[start..] : body;
    }

    /// <summary>Writes the reply in OpenAI's form.</summary>
    /// <param name="key">The API key. It is removed from the text, because an endpoint may echo it and replies are recorded.</param>
    public byte[] Write(string key) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        id = "",
        @object = "chat.completion",
        created = 0,
        model = _model,
        choices = new[]
        {
            new
            {
                index = 0,
                finish_reason = Finish,
                message = new { role = "assistant", content = CallFailures.Without(Text(), key),
                    refusal = _refusal.Length > 0 ? CallFailures.Without(_refusal.ToString(), key) : null },
            },
        },
        usage = _isCounted ? new { prompt_tokens = _prompt, completion_tokens = _completion, total_tokens = _prompt + _completion } : null,
    });

    // An answer may stand where tools are called or, for want of another place, among the thoughts.
    private string Text()
    {
        var text = _text.ToString();
        return !string.IsNullOrWhiteSpace(text) ? text : _arguments.Length > 0 ? _arguments.ToString()
            : _thoughts.ToString().TrimEnd() is [.., '}' or '`'] answer ? answer : text;
    }

    // The first JSON value, without which nothing is taken. Bytes that are no text are replaced, as servers cut characters in two.
    private static JsonElement? Next(ref ReadOnlySpan<byte> rest)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var reader = new Utf8JsonReader(rest, new JsonReaderOptions { AllowTrailingCommas = true });
                if (!JsonDocument.TryParseValue(ref reader, out var document))
                {
                    return null;
                }

                using (document)
                {
                    if (document.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                    {
                        return null;
                    }

                    // Texts are checked here, where a lone half of a character can still be told.
                    var value = document.RootElement.Clone();
                    rest = rest[(int)reader.BytesConsumed..].TrimStart(" \t\r\n,"u8);
                    return value;
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                if (attempt == 0 && !System.Text.Unicode.Utf8.IsValid(rest))
                {
                    rest = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(rest));
                    continue;
                }

                return Almost(ref rest);
            }
        }
    }

    // A whole value that only a token such as NaN keeps from being JSON. A value that is cut stays none.
    private static JsonElement? Almost(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] is not ((byte)'{' or (byte)'['))
        {
            return null;
        }

        // Of several values, each stands on its line.
        var line = rest.IndexOf((byte)'\n') is > 0 and var end ? end : rest.Length;
        for (var length = line; ; length = rest.Length)
        {
            var repaired = JsonRepair.Repair(Encoding.UTF8.GetString(rest[..length]), 0, out var ended);
            if (ended == JsonEnd.Closed && repaired is not null && JsonText.TryParse(repaired, out var value))
            {
                rest = rest[length..].TrimStart(" \t\r\n,"u8);
                return value;
            }

            if (length == rest.Length)
            {
                return null;
            }
        }
    }

    // Reads server-sent events. Returns whether the reply is complete: a finish reason or the end mark arrived.
    private bool ReadStream(ReadOnlySpan<byte> body)
    {
        var isDone = false;
        foreach (var range in body.SplitAny("\r\n"u8))
        {
            var line = body[range].Trim(" "u8);
            if (!line.StartsWith("data:"u8))
            {
                continue;
            }

            var data = line[5..].TrimStart((byte)' ');
            isDone |= data.StartsWith("[DONE]"u8) || line.IndexOf("\"response.completed\""u8) >= 0
                || line.IndexOf("\"message_stop\""u8) >= 0;
            if (Next(ref data) is { } part)
            {
                ReadPart(part);
            }
        }

        return (_finish is not null || isDone) && !_isFailed;
    }

    private void ReadPart(JsonElement root)
    {
        // Some servers answer with a list of one.
        root = root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0 ? root[0] : root;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        // An error in the middle of a stream: what came before it is not the whole.
        _isFailed |= ServerMessage.IsError(root);
        _model = root.TryGetProperty("model"u8, out var model) && model.ValueKind == JsonValueKind.String ? model.GetString()! : _model;
        if (root.TryGetProperty("usage"u8, out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            var (prompt, completion) = (Number(usage, "prompt_tokens"u8, "input_tokens"u8),
                Number(usage, "completion_tokens"u8, "output_tokens"u8));
            (_prompt, _completion, _isCounted) = prompt + completion > 0 ? (prompt, completion, true) : (_prompt, _completion, _isCounted);
        }

        var choice = !root.TryGetProperty("choices"u8, out var choices)
            ? root.TryGetProperty("candidates"u8, out var candidates) && candidates.ValueKind == JsonValueKind.Array
                && candidates.GetArrayLength() > 0 ? candidates[0] : root
            : choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0 ? First(choices)
            : choices.ValueKind == JsonValueKind.Object ? choices : default;
        if (choice.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        // Of several choices that come in parts, the first.
        if (choice.TryGetProperty("delta"u8, out _) && choice.TryGetProperty("index"u8, out _) && !IsFirst(choice))
        {
            return;
        }

        _finish = Text(choice, "finish_reason"u8) ?? Text(choice, "done_reason"u8) ?? Text(choice, "stop_reason"u8)
            ?? Text(choice, "finishReason"u8) ?? _finish;
        var isWhole = choice.TryGetProperty("message"u8, out var message);
        if (!isWhole && choice.TryGetProperty("delta"u8, out var part) && part.ValueKind == JsonValueKind.String)
        {
            ReadDelta(choice, part);
        }
        else if ((isWhole || choice.TryGetProperty("delta"u8, out message)) && message.ValueKind == JsonValueKind.Object)
        {
            ReadMessage(message, isWhole && !root.TryGetProperty("done"u8, out _));
        }
        else if (choices.ValueKind != JsonValueKind.Undefined && Text(choice, "text"u8) is { } text)
        {
            _text.Append(text);
            _isReply = true;
        }
        else if (choices.ValueKind == JsonValueKind.Undefined && !_isFailed)
        {
            ReadOther(choice);
        }
    }

    // A part of a stream whose events say what it is a part of.
    private void ReadDelta(JsonElement root, JsonElement part)
    {
        _isReply = true;
        var isCall = Text(root, "type"u8) is { } type && type.Contains("arguments", StringComparison.Ordinal);
        (IsThought(root) ? _thoughts : isCall ? _arguments : _text).Append(Valid(part));
    }

    // A reply of another protocol: the first of the known places that holds a text.
    private void ReadOther(JsonElement root)
    {
        var before = _text.Length;
        foreach (var name in Texts)
        {
            if (_text.Length == before && root.TryGetProperty(name, out var value))
            {
                Append(_text, value);
                _isReply |= _text.Length > before || (value.ValueKind == JsonValueKind.String && root.TryGetProperty("done"u8, out _));
            }
        }
    }

    // The first choice by its number, else by its place.
    private static JsonElement First(JsonElement choices) => choices.EnumerateArray().FirstOrDefault(IsFirst)
        is { ValueKind: JsonValueKind.Object } first ? first : choices[0];

    private static bool IsFirst(JsonElement choice) => choice.ValueKind == JsonValueKind.Object
        && choice.TryGetProperty("index"u8, out var index) && index.ValueKind == JsonValueKind.Number
        && index.TryGetInt32(out var number) && number == 0;

    private static long Number(JsonElement usage, ReadOnlySpan<byte> name, ReadOnlySpan<byte> other) =>
        (usage.TryGetProperty(name, out var value) || usage.TryGetProperty(other, out value))
            && double.TryParse(value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.ToString() : "",
                System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and <= int.MaxValue ? (long)number : 0;
}
