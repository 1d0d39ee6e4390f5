using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;

namespace XCoder.Agents.Chat;

/// <summary>Says what an exception of the OpenAI package or of HTTP means.</summary>
internal static class CallFailures
{
    private const int MaxShown = 300, MinKey = 4;

    /// <summary>Reads an exception; the key is taken out of whatever the endpoint said.</summary>
    public static ChatCallException Read(Exception exception, string host, string key, TimeProvider time)
    {
        var chain = Chain(exception).ToList();
        if (chain.OfType<ChatCallException>().FirstOrDefault() is { } own)
        {
            return own;
        }

        if (chain.OfType<ClientResultException>().FirstOrDefault(failure => failure.GetRawResponse() is { Status: not (0 or 200) }) is { } status)
        {
            return Status(status.GetRawResponse()!, host, key, time);
        }

        if (chain.OfType<AuthenticationException>().FirstOrDefault() is { } refused)
        {
            return new ChatCallException(ChatCallError.Certificate, $"{host} cannot be trusted: {Shown(Without(refused.Message, key))}");
        }

        if (chain.OfType<HttpRequestException>().FirstOrDefault() is { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } connection)
        {
            return new ChatCallException(ChatCallError.Connection, $"{host} cannot be reached: {Shown(Without(connection.Message, key))}");
        }

        return chain.Any(inner => inner is IOException or HttpRequestException or SocketException or OperationCanceledException)
            ? new ChatCallException(ChatCallError.Cut, $"{host} broke its reply off.")
            : new ChatCallException(ChatCallError.Protocol, $"{host} answered, but not by OpenAI's protocol ({exception.GetType().Name}).");
    }

    /// <summary>Text for people: one line, short, no control characters.</summary>
    public static string Shown(string text)
    {
        var line = new string([.. text.Take(MaxShown).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]).Trim();
        return text.Length > MaxShown ? line + "…" : line;
    }

    /// <summary>Text without the key.</summary>
    public static string Without(string text, string key) => key.Length < MinKey ? text : text.Replace(key, "[key]", StringComparison.Ordinal);

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
            foreach (var inner in exception is AggregateException many ? many.InnerExceptions.SelectMany(Chain) : [])
            {
                yield return inner;
            }
        }
    }

    private static ChatCallException Status(PipelineResponse response, string host, string key, TimeProvider time)
    {
        var (message, code) = Body(response);
        var isExhausted = response.Status == 402 || code is "insufficient_quota" or "billing_hard_limit_reached";
        return new ChatCallException(ChatCallError.Status, $"{host} answered {response.Status}{(message.Length == 0 ? "" : ": " + Shown(Without(message, key)))}")
        {
            Status = response.Status,
            IsExhausted = isExhausted,
            RetryAfter = RetryAfter(response.Headers, time),
        };
    }

    // {"error": {"message", "code"}}, {"error": "…"}, {"message": "…"}; of anything else, as a page of HTML, only the kind.
    private static (string Message, string Code) Body(PipelineResponse response)
    {
        try
        {
            var body = JsonElement.Parse(response.Content.ToMemory().Span);
            var error = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var inner) ? inner : body;
            if (error.ValueKind == JsonValueKind.String)
            {
                return (error.GetString()!, "");
            }

            return error.ValueKind == JsonValueKind.Object ? (Text(error, "message"), Text(error, "code")) : ("", "");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (response.Headers.TryGetValue("Content-Type", out var type) && type?.Contains("html", StringComparison.OrdinalIgnoreCase) == true ? "a page of HTML" : "", "");
        }
    }

    private static string Text(JsonElement error, string name) => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static TimeSpan? RetryAfter(PipelineResponseHeaders headers, TimeProvider time)
    {
        if (headers.TryGetValue("retry-after-ms", out var text) && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue));
        }

        if (!headers.TryGetValue("Retry-After", out text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks))
            : null;
    }
}
