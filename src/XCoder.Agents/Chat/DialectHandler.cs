using System.Net;
using System.Net.Http.Headers;

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
            var sent = dialect.Write(question, options);
            try
            {
                var reply = await TryAsync(request, sent.Body, cancellationToken);
                Keep(dialect);
                return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request,
                    Content = new ByteArrayContent(reply) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
            }
            catch (ChatCallException failure) when (dialect.After(failure, sent,
                Volatile.Read(ref _dialect), Volatile.Read(ref _isProven)) is { } next)
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
            return !response.IsSuccessStatusCode ? throw CallFailures.Status(response, body, Host, options.ApiKey, time)
                : Completion.Read(body, Host) is { } completion ? completion.Write(options.ApiKey)
                : throw CallFailures.InSuccess(body, Host, options.ApiKey) ?? Foreign(Beginning(body));
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
        new(ChatCallError.Protocol, $"{Host} answered, but not in OpenAI's protocol{detail}{(detail.EndsWith('.') ? "" : ".")}");

    private string Beginning(byte[] body) => CallFailures.Shown(CallFailures.Without(ServerMessage.Read(body).Text, options.ApiKey))
        is { Length: > 0 } said ? $": {said}" : ": the reply holds no choice";

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
