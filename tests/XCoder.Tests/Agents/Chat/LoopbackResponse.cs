using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace XCoder.Tests.Agents.Chat;

/// <summary>Writes one answer as HTTP, or what a fault makes of it.</summary>
internal sealed class LoopbackResponse(NetworkStream stream, LoopbackRequest request, LoopbackAnswer answer)
{
    private const string Html = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>";

    /// <returns>Whether the connection can be used again.</returns>
    public Task<bool> WriteAsync(CancellationToken cancellation) => answer.Raw is { } raw ? EndAsync(raw, cancellation) : answer.Body is { } body
        ? SendAsync(answer.Status, answer.ContentType is { } type ? type : body.StartsWith('<') ? "text/html" : body.StartsWith("data:", StringComparison.Ordinal) ? "text/event-stream" : "application/json", body, "", cancellation)
        : answer.Fault switch
    {
        LoopbackFault.TooManyRequests => ErrorAsync(429, "slow down", "rate_limit_exceeded", "", cancellation),
        LoopbackFault.TooManyRequestsWithRetryAfter => ErrorAsync(429, "slow down", "rate_limit_exceeded", $"Retry-After: {answer.RetryAfter}\r\n", cancellation),
        LoopbackFault.Exhausted => ErrorAsync(429, "You exceeded your current quota", "insufficient_quota", "", cancellation),
        LoopbackFault.ServerError => ErrorAsync(500, "internal error", "server_error", "", cancellation),
        LoopbackFault.Unavailable => ErrorAsync(503, "overloaded", "overloaded", "", cancellation),
        LoopbackFault.Unauthorized => ErrorAsync(401, $"Incorrect API key provided: {request.Authorization}", "invalid_api_key", "", cancellation),
        LoopbackFault.NotFound => ErrorAsync(404, "no such model", "model_not_found", "", cancellation),
        LoopbackFault.BadRequest => ErrorAsync(400, "the prompt is longer than the context", "context_length_exceeded", "", cancellation),
        LoopbackFault.RejectedSchema => ErrorAsync(400, $"response_format {request.FormatType} is not supported", "invalid_request", "", cancellation),
        LoopbackFault.Rejected => ErrorAsync(400, answer.Text, "invalid_request", "", cancellation),
        LoopbackFault.HtmlErrorPage => SendAsync(502, "text/html", Html, "", cancellation),
        LoopbackFault.HtmlPage => SendAsync(200, "text/html", Html, "", cancellation),
        LoopbackFault.BrokenProtocol => SendAsync(200, "application/json", "{\"id\": \"x\", \"choices\": [{", "", cancellation),
        LoopbackFault.Redirect => SendAsync(307, "text/plain", "", $"Location: {answer.Location}\r\n", cancellation),
        LoopbackFault.Endless => EndlessAsync(cancellation),
        LoopbackFault.CutStream => CutAsync(cancellation),
        _ => request.IsStreaming ? StreamAsync(cancellation) : SendAsync(200, "application/json", Completion(), "", cancellation),
    };

    private string Text => answer.Fault switch
    {
        LoopbackFault.Empty or LoopbackFault.ContentFilter or LoopbackFault.Refusal => "",
        LoopbackFault.MalformedJson => "I would rather not answer in JSON today.",
        LoopbackFault.WrongSchema => "{\"unexpected\": [1, 2, 3]}",
        LoopbackFault.Truncated => "{\"answer\": \"and then it",
        _ => answer.Text,
    };

    private string Finish => answer.Finish ?? answer.Fault switch
    {
        LoopbackFault.Truncated => "length",
        LoopbackFault.ContentFilter => "content_filter",
        _ => "stop",
    };

    private string? Refusal => answer.Fault == LoopbackFault.Refusal ? "I cannot help with that." : null;

    private object Usage => new { prompt_tokens = answer.PromptTokens, completion_tokens = answer.CompletionTokens, total_tokens = answer.PromptTokens + answer.CompletionTokens };

    private string Completion() => JsonSerializer.Serialize(new
    {
        id = $"chatcmpl-{request.Number}",
        @object = "chat.completion",
        created = 1_700_000_000,
        model = "loopback",
        choices = new[] { new { index = 0, finish_reason = Finish, logprobs = (object?)null, message = new { role = "assistant", content = Refusal is null ? Text : null, refusal = Refusal } } },
        usage = Usage,
    });

    private string Chunk(object[] choices, object? usage = null) =>
        $"data: {JsonSerializer.Serialize(new { id = "chatcmpl", @object = "chat.completion.chunk", created = 1_700_000_000, model = "loopback", choices, usage })}\n\n";

    private IEnumerable<string> Chunks()
    {
        yield return Chunk([new { index = 0, delta = new { role = "assistant", content = "", refusal = Refusal }, finish_reason = (string?)null }]);
        foreach (var part in Text.Chunk(16))
        {
            yield return Chunk([new { index = 0, delta = new { content = new string(part) }, finish_reason = (string?)null }]);
        }

        yield return Chunk([new { index = 0, delta = new { }, finish_reason = Finish }]);
        yield return Chunk([], Usage);
        yield return "data: [DONE]\n\n";
    }

    private async Task<bool> StreamAsync(CancellationToken cancellation)
    {
        await RawAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n", cancellation);
        foreach (var chunk in Chunks())
        {
            await RawAsync($"{Encoding.UTF8.GetByteCount(chunk):x}\r\n{chunk}\r\n", cancellation);
        }

        await RawAsync("0\r\n\r\n", cancellation);
        return true;
    }

    // Half of it, then the end of the connection.
    private async Task<bool> CutAsync(CancellationToken cancellation)
    {
        if (request.IsStreaming)
        {
            var chunk = Chunks().First();
            await RawAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n{Encoding.UTF8.GetByteCount(chunk):x}\r\n{chunk}\r\n", cancellation);
        }
        else
        {
            var body = Completion();
            await RawAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body[..(body.Length / 2)]}", cancellation);
        }

        return false;
    }

    private async Task<bool> EndlessAsync(CancellationToken cancellation)
    {
        await RawAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", cancellation);
        var part = new string(' ', 0x4000);
        while (true)
        {
            await RawAsync($"4000\r\n{part}\r\n", cancellation);
        }
    }

    private Task<bool> ErrorAsync(int status, string message, string code, string headers, CancellationToken cancellation) =>
        SendAsync(status, "application/json", JsonSerializer.Serialize(new { error = new { message, type = code, code } }), headers, cancellation);

    private async Task<bool> SendAsync(int status, string type, string body, string headers, CancellationToken cancellation)
    {
        byte[] bytes = [.. answer.Encoding.GetPreamble(), .. answer.Encoding.GetBytes(body)];
        await RawAsync(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Status\r\nContent-Type: {type}\r\n{headers}Content-Length: {bytes.Length}\r\n\r\n"), cancellation);
        await stream.WriteAsync(bytes, cancellation);
        return true;
    }

    private async Task<bool> EndAsync(string text, CancellationToken cancellation)
    {
        await RawAsync(text, cancellation);
        return false;
    }

    private async Task RawAsync(string text, CancellationToken cancellation) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
}
