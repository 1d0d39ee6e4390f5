using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.SemanticKernel;
using OpenAI;

namespace XCoder.Agents.Chat;

/// <summary>
/// A kernel whose chat model is a server that speaks OpenAI's protocol. One call is one try: no retries, no redirects, a bounded
/// time and a bounded reply. Every failure is a <see cref="ChatCallException"/>. Replies are text: calls of tools are not passed on,
/// and a reply comes whole, even where the server streams it.
/// </summary>
public sealed class OpenAIEndpoint : IDisposable
{
    private const string NoKey = "none";

    private readonly HttpClient _http;

    /// <summary>Makes the kernel; nothing is sent yet.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="disclose">Is told once, before the first request, what will be sent where; never for this machine itself.</param>
    /// <param name="time">Measures the time of a try; the system's by default.</param>
    /// <param name="handler">Sends, in place of a handler of its own; it must follow no redirects.</param>
    /// <exception cref="ArgumentException">The endpoint is no http or https address, or holds a user or password.</exception>
    public OpenAIEndpoint(OpenAIChatOptions options, Action<string>? disclose = null, TimeProvider? time = null, HttpMessageHandler? handler = null)
    {
        Disclosure.Check(options.Endpoint);
        var inner = handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) };
        _http = new HttpClient(new DialectHandler(options, time ?? TimeProvider.System, inner)) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new OpenAIClient(new ApiKeyCredential(options.ApiKey.Length == 0 ? NoKey : options.ApiKey), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(_http),
            UserAgentApplicationId = "xcoder",
        });
        Kernel = Kernel.CreateBuilder().AddOpenAIChatCompletion(options.Model, client).Build();
        if (disclose is not null && Disclosure.Text(options.Endpoint, options.Model, options.ApiKey.Length > 0) is { } text)
        {
            Kernel.PromptRenderFilters.Add(new DisclosureFilter(text, disclose));
        }
    }

    /// <summary>The kernel, for a <see cref="ChatGateway"/>.</summary>
    public Kernel Kernel { get; }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>Where and how <see cref="OpenAIEndpoint"/> asks.</summary>
public sealed record OpenAIChatOptions
{
    /// <summary>Address of the protocol's root, as <c>http://localhost:8000/v1</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The key, or empty where the endpoint wants none. It is sent in the Authorization header and goes nowhere else.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Time of one try, from sending to the reply's end.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether replies are streamed: endpoints that cut long silences then keep the line.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Bytes of a reply that are read at most.</summary>
    public long MaxReplyBytes { get; init; } = 8 << 20;

    /// <summary>
    /// Whether the limit of tokens is also sent as <c>max_tokens</c>, which old servers read; the newest models of OpenAI reject
    /// it.
    /// </summary>
    public bool SendsMaxTokens { get; init; }

    // A record would print the key.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Endpoint = ").Append(Endpoint).Append(", Model = ").Append(Model);
        return true;
    }
}
