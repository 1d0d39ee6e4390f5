using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace XCoder.Agents.Chat;

/// <summary>
/// Hides the differences between servers from the OpenAI connector. Writes each request in a dialect that the server accepts and gives each
/// reply the form that the connector reads. When a server rejects one dialect, tries the next and keeps the first that works. Limits the
/// time and the bytes of one call, and turns every failure into a <see cref="ChatCallException"/>.
/// </summary>
internal sealed class DialectHandler(OpenAIChatOptions options, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int Block = 1 << 14;

    private Dialect _dialect = new();
    private bool _isProven;

    /// <summary>
    /// Runs before a request is sent again in another dialect, within the flow of one call. It may wait, or refuse by throwing.
    /// </summary>
    public static AsyncLocal<Func<Task>?> BeforeAnother { get; } = new();

    private string Host => options.Endpoint.Authority;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var question = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        for (var dialect = Volatile.Read(ref _dialect); ;)
        {
            try
            {
                var reply = await TryAsync(request, dialect.Write(question, options), cancellationToken);
                Keep(dialect);
                return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request,
                    Content = new ByteArrayContent(reply) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
            }
            catch (ChatCallException failure) when (dialect.After(failure, Volatile.Read(ref _dialect),
                Volatile.Read(ref _isProven)) is { } next)
            {
                dialect = next;
            }

            await (BeforeAnother.Value?.Invoke() ?? Task.CompletedTask);
        }
    }

    // One attempt, from sending the request to the end of the reply.
    private async Task<byte[]> TryAsync(HttpRequestMessage request, byte[] question, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            request.Content = new ByteArrayContent(question) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await base.SendAsync(request, both.Token);
            var status = (int)response.StatusCode;
            if (status is >= 300 and < 400)
            {
                var target = response.Headers.Location is { IsAbsoluteUri: true } location ? location.Authority : "another path";
                throw new ChatCallException(ChatCallError.Redirect,
                    $"{Host} redirects to {CallFailures.Shown(target)}; redirects are not followed, because "
                        + $"they would send the API key along.") { Status = status };
            }

            var body = await ReadAsync(response.Content, both.Token);
            return response.IsSuccessStatusCode
                ? (Completion.Read(body, options.IsStreaming, Host) ?? throw Foreign("")).Write(options.ApiKey)
                : throw CallFailures.Status(response, body, Host, options.ApiKey, time);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            throw limit.IsCancellationRequested && exception is not ChatCallException
                ? new ChatCallException(ChatCallError.Timeout,
                    $"{Host} sent no complete reply within {options.Timeout.TotalSeconds:0.#} s.")
                : CallFailures.Read(exception, Host, options.ApiKey) ?? Foreign($" ({exception.GetType().Name})");
        }
    }

    private ChatCallException Foreign(string detail) =>
        new(ChatCallError.Protocol, $"{Host} answered, but not in OpenAI's protocol{detail}.");

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        var block = new byte[Block];
        for (int read; (read = await stream.ReadAsync(block, cancellation)) > 0;)
        {
            body.Write(block, 0, read);
            if (body.Length > options.MaxReplyBytes)
            {
                throw new ChatCallException(ChatCallError.TooLarge, $"{Host} sent a reply of more than {options.MaxReplyBytes:N0} bytes.");
            }
        }

        return body.ToArray();
    }

    private void Keep(Dialect dialect)
    {
        if (!Volatile.Read(ref _isProven) || dialect.IsPlainerThan(Volatile.Read(ref _dialect)))
        {
            Volatile.Write(ref _dialect, dialect.PlainerOf(Volatile.Read(ref _dialect)));
            Volatile.Write(ref _isProven, true);
        }
    }
}

/// <summary>
/// The parts of a reply that matter, read from any form: whole or streamed, content as text or in parts, fields missing or null.
/// </summary>
internal sealed class Completion
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _refusal = new();
    private string? _finish;
    private string _model = "";
    private long _prompt;
    private long _completion;
    private bool _isCounted;

    /// <summary>Reads the body of a reply.</summary>
    /// <param name="body">The body.</param>
    /// <param name="isStreamed">Whether the request asked for a stream; a server may answer as a whole anyway.</param>
    /// <param name="host">The server's name, for messages.</param>
    /// <returns>The reply, or null when the body is not a reply of the protocol.</returns>
    /// <exception cref="ChatCallException">A stream ended early.</exception>
    public static Completion? Read(byte[] body, bool isStreamed, string host)
    {
        var completion = new Completion();
        try
        {
            if (isStreamed && body.AsSpan().TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
            {
                return completion.ReadStream(body) ? completion
                    : throw new ChatCallException(ChatCallError.Cut, $"{host} ended its reply early.");
            }

            return completion.ReadChunk(body, "message"u8) ? completion : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
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
                finish_reason = _finish is "length" or "content_filter" ? _finish : "stop",
                message = new { role = "assistant", content = CallFailures.Without(_text.ToString(), key),
                    refusal = _refusal.Length > 0 ? CallFailures.Without(_refusal.ToString(), key) : null },
            },
        },
        usage = _isCounted ? new { prompt_tokens = _prompt, completion_tokens = _completion, total_tokens = _prompt + _completion } : null,
    });

    // Reads server-sent events. Returns whether a finish reason arrived, so the reply is complete.
    private bool ReadStream(ReadOnlySpan<byte> body)
    {
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range].Trim(" \r"u8);
            if (line.StartsWith("data:"u8) && line[5..].TrimStart((byte)' ') is [(byte)'{', ..] data)
            {
                ReadChunk(data.ToArray(), "delta"u8);
            }
        }

        return _finish is not null;
    }

    // Returns whether the body is a reply, or a part of a streamed one.
    private bool ReadChunk(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> part)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        _model = root.TryGetProperty("model"u8, out var model) && model.ValueKind == JsonValueKind.String ? model.GetString()! : _model;
        if (root.TryGetProperty("usage"u8, out var usage) && usage.ValueKind == JsonValueKind.Object)
        {
            (_prompt, _completion, _isCounted) = (Number(usage, "prompt_tokens"u8), Number(usage, "completion_tokens"u8), true);
        }

        if (!root.TryGetProperty("choices"u8, out var choices) || choices.GetArrayLength() == 0)
        {
            return false;
        }

        var choice = choices[0];
        _finish = choice.TryGetProperty("finish_reason"u8, out var finish) && finish.ValueKind == JsonValueKind.String ? finish.GetString()
            : _finish;
        if (!choice.TryGetProperty(part, out var message) || message.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        Append(_text, message, "content"u8);
        Append(_refusal, message, "refusal"u8);
        return true;
    }

    private static void Append(StringBuilder text, JsonElement message, ReadOnlySpan<byte> name)
    {
        if (!message.TryGetProperty(name, out var value))
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            text.Append(value.GetString());
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var part in value.EnumerateArray())
            {
                Append(text, part, "text"u8);
            }
        }
    }

    private static long Number(JsonElement usage, ReadOnlySpan<byte> name) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
            : 0;
}
