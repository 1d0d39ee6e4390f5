using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Microsoft.SemanticKernel;

namespace XCoder.Agents.Chat;

/// <summary>Says what an exception of HTTP, or of another connector of Semantic Kernel, means.</summary>
internal static class CallFailures
{
    private const int MaxShown = 300, MinKey = 4;

    /// <summary>Reads an exception; the key is taken out of whatever the endpoint said.</summary>
    /// <returns>How the call failed, or null where the exception speaks of no call.</returns>
    public static ChatCallException? Read(Exception exception, string host, string key)
    {
        var chain = Chain(exception).ToList();
        if (chain.OfType<ChatCallException>().FirstOrDefault() is { } own)
        {
            return own;
        }

        if (chain.OfType<HttpOperationException>().FirstOrDefault(failure => failure.StatusCode is not null) is { } status)
        {
            return Status((int)status.StatusCode!, Encoding.UTF8.GetBytes(status.ResponseContent ?? ""), isHtml: false, host, key, null);
        }

        if (chain.OfType<AuthenticationException>().FirstOrDefault() is { } refused)
        {
            return new ChatCallException(ChatCallError.Certificate, $"{host} cannot be trusted: {Shown(Without(refused.Message, key))}");
        }

        if (chain.OfType<HttpRequestException>()
            .FirstOrDefault() is { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } connection)
        {
            return new ChatCallException(ChatCallError.Connection, $"{host} cannot be reached: {Shown(Without(connection.Message, key))}");
        }

        return chain.Any(inner => inner is IOException or HttpRequestException or SocketException or OperationCanceledException
            or TimeoutException)
            ? new ChatCallException(ChatCallError.Cut, $"{host} broke its reply off.")
            : null;
    }

    /// <summary>Reads a reply that is no success.</summary>
    public static ChatCallException Status(HttpResponseMessage response, byte[] body, string host, string key, TimeProvider time) => Status(
        (int)response.StatusCode, body,
        response.Content.Headers.ContentType?.MediaType?.Contains("html", StringComparison.OrdinalIgnoreCase) == true, host, key,
        RetryAfter(response.Headers, time));

    /// <summary>The exception of a type that another one was thrown for, or null.</summary>
    public static T? Find<T>(Exception exception)
        where T : Exception => Chain(exception).OfType<T>().FirstOrDefault();

    /// <summary>Text for people: one line, short, no control characters.</summary>
    public static string Shown(string text)
    {
        var line = new string([.. text.Take(MaxShown).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]).Trim();
        return text.Length > MaxShown ? line + "…" : line;
    }

    /// <summary>Text without the key.</summary>
    public static string Without(string text, string key) =>
        key.Length < MinKey ? text : text.Replace(key, "[key]", StringComparison.Ordinal);

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

    private static ChatCallException Status(int status, byte[] body, bool isHtml, string host, string key, TimeSpan? retryAfter)
    {
        var (message, code) = isHtml ? ("a page of HTML", "") : Error(body);
        return new ChatCallException(ChatCallError.Status,
            $"{host} answered {status}{(message.Length == 0 ? "" : ": " + Shown(Without(message, key)))}")
        {
            Status = status,
            IsExhausted = status == 402 || code is "insufficient_quota" or "billing_hard_limit_reached",
            RetryAfter = retryAfter,
        };
    }

    // {"error": {"message", "code"}}, {"error": "…"}, {"message": "…"}.
    private static (string Message, string Code) Error(byte[] body)
    {
        try
        {
            var whole = JsonElement.Parse(body);
            var error = whole.ValueKind == JsonValueKind.Object && whole.TryGetProperty("error", out var inner) ? inner : whole;
            return error.ValueKind switch
            {
                JsonValueKind.String => (error.GetString()!, ""),
                JsonValueKind.Object => (Text(error, "message"), Text(error, "code")),
                _ => ("", ""),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return ("", "");
        }
    }

    private static string Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers, TimeProvider time)
    {
        if (headers.TryGetValues("retry-after-ms", out var values) && Number(values.First()) is { } milliseconds)
        {
            return TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue));
        }

        if (!headers.TryGetValues("Retry-After", out values))
        {
            return null;
        }

        if (Number(values.First()) is { } seconds)
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
        }

        return headers.RetryAfter?.Date is { } date ? TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)) : null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>One try to call an endpoint failed. The message holds no key; inner exceptions are left out, since they may.</summary>
/// <param name="error">How.</param>
/// <param name="message">What happened.</param>
internal sealed class ChatCallException(ChatCallError error, string message) : Exception(message)
{
    /// <summary>How it failed.</summary>
    public ChatCallError Error { get; } = error;

    /// <summary>HTTP status, or 0.</summary>
    public int Status { get; init; }

    /// <summary>What the endpoint's <c>Retry-After</c> says, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the account has no money left: another try would not help.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>Whether another try may succeed: 408, 409, 425, 429, 5xx, timeouts, lost connections, cut replies.</summary>
    public bool IsPassing =>
        !IsExhausted
            && (Error is ChatCallError.Connection or ChatCallError.Cut or ChatCallError.Timeout
                || Status is 408 or 409 or 425 or 429 or >= 500);

    /// <summary>Whether the endpoint may have worked on it, and so may ask money for it.</summary>
    public bool MayCost => Error is ChatCallError.Cut or ChatCallError.Timeout or ChatCallError.TooLarge or ChatCallError.Protocol;
}

/// <summary>How one try to call the endpoint failed.</summary>
internal enum ChatCallError
{
    /// <summary>No connection.</summary>
    Connection,

    /// <summary>Connected, but the reply broke off.</summary>
    Cut,

    /// <summary>No whole reply within the time of a try.</summary>
    Timeout,

    /// <summary>An HTTP status that is no success; <see cref="ChatCallException.Status"/> says which.</summary>
    Status,

    /// <summary>The endpoint sends elsewhere; that is not followed, since the key would go along.</summary>
    Redirect,

    /// <summary>The endpoint's certificate is not trusted; nothing was sent.</summary>
    Certificate,

    /// <summary>The reply is longer than is read.</summary>
    TooLarge,

    /// <summary>The reply is not of the protocol.</summary>
    Protocol,
}

/// <summary>The endpoint cannot be used, so the run ends. The message says what happened, what was done and how to go on.</summary>
public sealed class EndpointException(string message, Exception? inner = null) : Exception(message, inner);
