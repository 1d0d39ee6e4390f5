using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
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
    public OpenAIEndpoint(OpenAIChatOptions options, Action<string>? disclose = null, TimeProvider? time = null,
        HttpMessageHandler? handler = null)
    {
        Disclosure.Check(options.Endpoint);
        var inner = handler
            ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(10) };
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

/// <summary>What leaves this machine, and where it goes.</summary>
internal static class Disclosure
{
    /// <summary>Whether an endpoint is this machine itself: <c>localhost</c> or an address of the loopback.</summary>
    public static bool IsLoopback(Uri endpoint) =>
        endpoint.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>What to print before the first request; null for this machine itself.</summary>
    /// <param name="endpoint">Where requests go.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="hasKey">Whether an API key goes along.</param>
    public static string? Text(Uri endpoint, string model, bool hasKey)
    {
        if (IsLoopback(endpoint))
        {
            return null;
        }

        var text = $"""
            Text of your repositories will be sent to {CallFailures.Shown(endpoint.Authority)} (model {CallFailures.Shown(model)}): the code and documentation of seeds and
            of their neighbours, with repository-relative names, after secrets and personal data were replaced by placeholders.
            """.ReplaceLineEndings(" ");
        return text + (hasKey ? " Your API key is sent along." : "")
            + (endpoint.Scheme == Uri.UriSchemeHttp ? " The connection is not encrypted (http): others on the way can read it." : "");
    }

    /// <summary>Refuses an address that cannot be asked.</summary>
    /// <exception cref="ArgumentException">It is no http or https address, or holds a user or password.</exception>
    internal static void Check(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("The endpoint is no http or https address. Give one such as http://localhost:8000/v1.");
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw new ArgumentException(
                "The endpoint's address holds a user or password, which would be logged on the way. Give the "
                    + "key in the environment instead.");
        }
    }
}

/// <summary>Says once what leaves this machine, before the first prompt does. What is answered from records says nothing.</summary>
internal sealed class DisclosureFilter(string text, Action<string> say) : IPromptRenderFilter
{
    private int _isSaid;

    public async Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next)
    {
        await next(context);
        if (context.Result is null && Interlocked.Exchange(ref _isSaid, 1) == 0)
        {
            say(text);
        }
    }
}
