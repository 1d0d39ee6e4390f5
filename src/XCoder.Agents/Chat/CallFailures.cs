using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.SemanticKernel;

namespace XCoder.Agents.Chat;

/// <summary>Translates exceptions of HTTP and of Semantic Kernel's connectors into <see cref="ChatCallException"/>.</summary>
internal static partial class CallFailures
{
    private const int MaxShown = 300, MinKey = 4, MostOdd = 8;

    /// <summary>Translates an exception. Removes the API key from text that came from the endpoint.</summary>
    /// <returns>How the call failed, or null when the exception does not come from a call.</returns>
    public static ChatCallException? Read(Exception exception, string host, string key)
    {
        var chain = Chain(exception).ToList();
        if (chain.OfType<ChatCallException>().FirstOrDefault() is { } own)
        {
            return own;
        }

        if (chain.OfType<HttpOperationException>().FirstOrDefault(failure => failure.StatusCode is not null) is { } status)
        {
            return Status((int)status.StatusCode!, ServerMessage.Read(Encoding.UTF8.GetBytes(status.ResponseContent ?? "")), host, key,
                retryAfter: null);
        }

        if (chain.OfType<AuthenticationException>().FirstOrDefault() is { } refused)
        {
            if (refused.Message.Contains("frame", StringComparison.Ordinal))
            {
                return new ChatCallException(ChatCallError.Connection,
                    $"{host} does not answer as a server of https does. If it serves plain http, write http:// in --endpoint.");
            }

            return new ChatCallException(ChatCallError.Certificate, $"{host} cannot be trusted: {Shown(Without(refused.Message, key))}");
        }

        if (chain.OfType<HttpRequestException>()
            .FirstOrDefault() is { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } connection)
        {
            return new ChatCallException(ChatCallError.Connection, $"{host} cannot be reached: {Shown(Without(connection.Message, key))}");
        }

        if (chain.OfType<HttpRequestException>().FirstOrDefault(failure => failure.HttpRequestError == HttpRequestError.InvalidResponse)
            is { } foreign)
        {
            var said = (foreign.InnerException ?? foreign).Message;
            return new ChatCallException(ChatCallError.Protocol, $"{host} answered, but not in HTTP: {Shown(Without(said, key))}");
        }

        return chain.Any(inner => inner is IOException or HttpRequestException or SocketException or OperationCanceledException
            or TimeoutException)
            ? new ChatCallException(ChatCallError.Cut, $"{host} ended its reply early.")
            : null;
    }

    /// <summary>Translates a response without a success status.</summary>
    public static ChatCallException Status(HttpResponseMessage response, byte[] body, string host, string key, TimeProvider time)
    {
        var message = ServerMessage.Read(body);
        return Status((int)response.StatusCode, message, host, key, RetryAfter(response.Headers, time) ?? message.Wait);
    }

    /// <summary>
    /// Translates an error that came with a success status, or null where the body is none. Without a status of its own it counts as one of
    /// the request if it names what is wrong with it, else as one of the server.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="host">The server's name.</param>
    /// <param name="key">The API key, which is removed.</param>
    /// <param name="isEmptyReply">Whether the body is a reply that holds nothing; an error beside it then counts, too.</param>
    public static ChatCallException? InSuccess(byte[] body, string host, string key, bool isEmptyReply)
    {
        try
        {
            var root = JsonElement.Parse(ServerMessage.TextOf(body));
            if (!ServerMessage.IsError(root) && !(isEmptyReply && ServerMessage.HoldsError(root)))
            {
                return null;
            }
        }
        catch (JsonException)
        {
            return null;
        }

        var message = ServerMessage.Read(body);
        return Status(message.Status > 0 ? message.Status : message.Parameter.Length > 0 || OfRequest().IsMatch(message.Text) ? 400 : 500,
            message, host, key, message.Wait);
    }

    /// <summary>Returns the first exception of a type in the chain of inner exceptions, or null.</summary>
    public static T? Find<T>(Exception exception)
        where T : Exception => Chain(exception).OfType<T>().FirstOrDefault();

    /// <summary>Makes text safe to display: one line, at most 300 characters, no control characters.</summary>
    public static string Shown(string text)
    {
        if (text.Take(MaxShown).Count(c => c == '\uFFFD' || (char.IsControl(c) && !char.IsWhiteSpace(c))) > MostOdd)
        {
            return "(data that is no text)";
        }

        var line = new string([.. text.Take(MaxShown).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]).Trim();
        return text.Length > MaxShown ? line + "…" : line;
    }

    /// <summary>Replaces the key in a text by <c>[key]</c>. Keys shorter than 4 characters stay: they would match by accident.</summary>
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

    private static ChatCallException Status(int status, ServerMessage message, string host, string key, TimeSpan? retryAfter)
    {
        var said = Shown(Without(message.Text, key));
        return new(ChatCallError.Status, $"{host} answered {status}{(message.Text.Length == 0 ? "" : ": " + said)}")
        {
            Status = status,
            Parameter = message.Parameter,
            Said = said,
            IsExhausted = status == 402 || message.Code is "insufficient_quota" or "billing_hard_limit_reached",
            RetryAfter = retryAfter,
        };
    }

    [GeneratedRegex(@"\b(?:invalid|unsupported|unknown|unrecogni[sz]ed|unexpected|not (?:supported|allowed|permitted|recogni[sz]ed)"
        + @"|too (?:long|many)|maximum|exceed\w*|context|must|required|deprecated)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfRequest();

    // Not "not loaded" alone, which may stay so.
    [GeneratedRegex(@"\b(?:is|are|still|currently|being)[ ]+(?:loading|warming up|starting(?: up)?|initiali[sz]ing|pull(?:ing|ed)"
        + @"|download(?:ing|ed)|spinning up|waking up)\b|\bbeing loaded\b|\bnot (?:yet )?(?:fully )?(?:ready|started|initiali[sz]ed)\b"
        + @"|\bnot (?:yet (?:fully )?loaded|(?:fully )?loaded yet)\b|\bloading (?:the )?model\b|\A\s*loading\b|\bcold start"
        + @"|\bwarming up\b|\bmodel (?:is )?(?:loading|starting)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    internal static partial Regex Loading();

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

/// <summary>
/// One attempt to call an endpoint failed. The message never contains the API key, and there is no inner exception, because it could.
/// </summary>
/// <param name="error">The kind of failure.</param>
/// <param name="message">What happened, without the key.</param>
internal sealed class ChatCallException(ChatCallError error, string message) : Exception(message)
{
    /// <summary>The kind of failure.</summary>
    public ChatCallError Error { get; } = error;

    /// <summary>The HTTP status, or 0 when there was none.</summary>
    public int Status { get; init; }

    /// <summary>The endpoint's own sentence, without what this program puts before it; empty for none.</summary>
    public string Said { get; init; } = "";

    /// <summary>The parameter that the endpoint names as the one at fault; empty for none.</summary>
    public string Parameter { get; init; } = "";

    /// <summary>The wait that the endpoint asks for in <c>Retry-After</c> or <c>retry-after-ms</c>, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the account has no money or quota left, so that retries cannot help.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>Whether the endpoint says that the model is being loaded, under whatever status.</summary>
    public bool IsLoading => Status >= 400 && Status is not (401 or 402 or 403) && CallFailures.Loading().IsMatch(Said);

    /// <summary>Whether the endpoint refused the request itself: a 4xx or 501 that does not pass.</summary>
    public bool IsRefusal => Status is (>= 400 and < 500) or 501 && !IsPassing;

    /// <summary>
    /// Whether a retry may succeed: after 408, 409, 425, 429, 5xx, a timeout, a failed connection or an incomplete reply, or while a model
    /// is being loaded.
    /// </summary>
    public bool IsPassing =>
        !IsExhausted
            && (IsLoading || Error is ChatCallError.Connection or ChatCallError.Cut or ChatCallError.Timeout
                || Status is 408 or 409 or 425 or 429 or >= 500);

    /// <summary>Whether the endpoint may have processed the request and so may charge for it.</summary>
    public bool MayCost => Error is ChatCallError.Cut or ChatCallError.Timeout or ChatCallError.TooLarge or ChatCallError.Protocol;
}

/// <summary>How one attempt to call the endpoint failed.</summary>
internal enum ChatCallError
{
    /// <summary>No connection could be made.</summary>
    Connection,

    /// <summary>The connection was made, but the reply ended early.</summary>
    Cut,

    /// <summary>No complete reply arrived within the timeout of one attempt.</summary>
    Timeout,

    /// <summary>The HTTP status is not a success; <see cref="ChatCallException.Status"/> holds it.</summary>
    Status,

    /// <summary>The endpoint redirects. Redirects are not followed, because the key would be sent along.</summary>
    Redirect,

    /// <summary>The endpoint's certificate is not trusted; nothing was sent.</summary>
    Certificate,

    /// <summary>The reply exceeds <see cref="OpenAIChatOptions.MaxReplyBytes"/>.</summary>
    TooLarge,

    /// <summary>The reply does not follow OpenAI's protocol.</summary>
    Protocol,
}

/// <summary>
/// The endpoint cannot be used, so the run ends. The message says what happened, what was done so far and how to continue.
/// </summary>
public sealed class EndpointException(string message, Exception? inner = null) : Exception(message, inner);
