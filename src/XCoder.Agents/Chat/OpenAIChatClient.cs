using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace XCoder.Agents.Chat;

/// <summary>
/// Chat by OpenAI's protocol, at any address that speaks it. One call is one try: no retries, no redirects, a bounded time and
/// a bounded reply. Every failure is a <see cref="ChatCallException"/>.
/// </summary>
public sealed class OpenAIChatClient : IChatClient
{
    private const string NoKey = "none";

    private readonly OpenAIChatOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ChatClient _client;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="time">Measures the time of a try; the system's by default.</param>
    /// <param name="handler">Sends, in place of a handler of its own; it must follow no redirects.</param>
    /// <exception cref="ArgumentException">The endpoint is no http or https address, or holds a user or password.</exception>
    public OpenAIChatClient(OpenAIChatOptions options, TimeProvider? time = null, HttpMessageHandler? handler = null)
    {
        Disclosure.Check(options.Endpoint);
        _options = options;
        _time = time ?? TimeProvider.System;
        var inner = handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) };
        _http = new HttpClient(new BoundedHandler(options.MaxReplyBytes, inner)) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new ChatClient(options.Model, new ApiKeyCredential(options.ApiKey.Length == 0 ? NoKey : options.ApiKey), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(_http),
            UserAgentApplicationId = "xcoder",
        });
    }

    /// <inheritdoc/>
    /// <exception cref="ChatCallException">There is no reply.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!_options.IsStreaming)
        {
            return WithoutKey(await TryAsync(token => CompleteAsync(messages, options, token), cancellationToken));
        }

        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            updates.Add(update);
        }

        return WithoutKey(updates.ToChatResponse());
    }

    /// <inheritdoc/>
    /// <exception cref="ChatCallException">The reply does not come, or breaks off.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using var updates = _client.CompleteChatStreamingAsync(OpenAIMessages.Of(messages), OpenAIMessages.Of(options, _options.SendsMaxTokens), both.Token).GetAsyncEnumerator(both.Token);
        var isFinished = false;
        while (true)
        {
            ChatResponseUpdate update;
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    break;
                }

                update = OpenAIMessages.Of(updates.Current);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw Translate(exception, limit.IsCancellationRequested);
            }

            isFinished |= update.FinishReason is not null;
            yield return update;
        }

        if (!isFinished)
        {
            throw new ChatCallException(ChatCallError.Cut, $"{Host} broke its reply off.");
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private string Host => _options.Endpoint.Authority;

    // An endpoint may echo what it was sent; replies are recorded.
    private ChatResponse WithoutKey(ChatResponse response)
    {
        foreach (var content in response.Messages.SelectMany(message => message.Contents))
        {
            if (content is TextContent text)
            {
                text.Text = CallFailures.Without(text.Text, _options.ApiKey);
            }
            else if (content is ErrorContent error)
            {
                error.Message = CallFailures.Without(error.Message, _options.ApiKey);
            }
        }

        return response;
    }

    private async Task<ChatResponse> CompleteAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellation)
    {
        ChatCompletion completion = await _client.CompleteChatAsync(OpenAIMessages.Of(messages), OpenAIMessages.Of(options, _options.SendsMaxTokens), cancellation);
        return OpenAIMessages.Of(completion);
    }

    private async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await call(both.Token);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            throw Translate(exception, limit.IsCancellationRequested);
        }
    }

    private ChatCallException Translate(Exception exception, bool isLate) => isLate
        ? new ChatCallException(ChatCallError.Timeout, $"{Host} gave no whole reply within {_options.Timeout.TotalSeconds:0.#} s.")
        : CallFailures.Read(exception, Host, _options.ApiKey, _time);
}
