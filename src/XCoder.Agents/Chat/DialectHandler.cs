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

    private readonly FirstCall _first = new(time);
    private Dialect _dialect = new();
    private bool _isProven;

    private string Host => options.Endpoint.Authority;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var question = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        var flow = CallFlow.Current.Value;
        using var waits = CancellationTokenSource.CreateLinkedTokenSource(flow?.Waits ?? default, cancellationToken);
        var isFirst = await _first.EnterAsync(waits.Token);
        try
        {
            flow?.Check();
            for (var dialect = Volatile.Read(ref _dialect); ;)
            {
                var sent = dialect.Write(question, options);
                try
                {
                    var reply = await TryAsync(request, sent.Body, cancellationToken);

                    // A reply that ends long before the limit shows that the server does not know the limit by this name.
                    var isIgnored = reply.Finish == Completion.Length && reply.Tokens < sent.Limit / 2;
                    Keep(isIgnored ? dialect with { HasBothLimits = true } : dialect);
                    _first.Open();
                    return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request,
                        Content = new ByteArrayContent(reply.Write(options.ApiKey))
                            { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
                }
                catch (ChatCallException failure) when (dialect.After(failure, sent,
                    Volatile.Read(ref _dialect), Volatile.Read(ref _isProven)) is { } next)
                {
                    Count(failure);
                    dialect = next;
                }

                await (flow?.BeforeAnother() ?? Task.CompletedTask);
            }
        }
        catch (ChatCallException failure)
        {
            if (failure.IsRefusal)
            {
                Count(failure);
            }
            else
            {
                _first.Open();
            }

            throw;
        }
        finally
        {
            if (isFirst)
            {
                _first.Leave();
            }
        }

        void Count(ChatCallException failure)
        {
            if (isFirst)
            {
                flow?.Refused(failure);
            }
        }
    }

    // One attempt, from sending the request to the end of the reply.
    private async Task<Completion> TryAsync(HttpRequestMessage request, byte[] question, CancellationToken cancellation)
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
            var reply = response.IsSuccessStatusCode ? Completion.Read(body, Host)
                : throw CallFailures.Status(response, body, Host, options.ApiKey, time);
            return reply is { IsEmpty: false } ? reply
                : CallFailures.InSuccess(body, Host, options.ApiKey, reply is not null) is { } error ? throw error
                : reply ?? throw Foreign(Beginning(body));
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            throw limit.IsCancellationRequested && exception is not ChatCallException
                ? new ChatCallException(ChatCallError.Timeout,
                    $"{Host} sent no complete reply within {options.Timeout.TotalSeconds:0.#} s.")
                : CallFailures.Read(exception, Host, options.ApiKey) ?? Foreign(": what it sent cannot be read");
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

        return BodyText.ToUtf8(body.ToArray(), content.Headers.ContentType?.CharSet);
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
