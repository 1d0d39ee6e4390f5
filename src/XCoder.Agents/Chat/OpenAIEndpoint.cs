using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using Microsoft.SemanticKernel;
using OpenAI;

namespace XCoder.Agents.Chat;

/// <summary>
/// Provides a kernel whose chat model is a server that speaks OpenAI's protocol. One call is one attempt: no retries, no redirects, limited
/// time and size. Every failure is a <see cref="ChatCallException"/>. Replies are whole text, even if the server streams them; tool calls
/// are not supported.
/// </summary>
public sealed class OpenAIEndpoint : IDisposable
{
    private const string NoKey = "none";

    private readonly HttpClient _http;

    /// <summary>Makes the kernel; nothing is sent yet.</summary>
    /// <param name="options">The server, the model and limits.</param>
    /// <param name="disclose">
    /// Receives one message before the first request that says what will be sent where; never called for a loopback endpoint.
    /// </param>
    /// <param name="time">The clock for the timeout; the system's by default.</param>
    /// <param name="handler">Sends the requests instead of a new <see cref="SocketsHttpHandler"/>; it must not follow redirects.</param>
    /// <exception cref="ArgumentException">The endpoint is not an http or https address, or holds a user or password.</exception>
    public OpenAIEndpoint(OpenAIChatOptions options, Action<string>? disclose = null, TimeProvider? time = null,
        HttpMessageHandler? handler = null)
    {
        Disclosure.Check(options.Endpoint);
        var inner = handler
            ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All,
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

    /// <summary>The kernel to give to a <see cref="ChatGateway"/>.</summary>
    public Kernel Kernel { get; }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>The server, the model and limits of an <see cref="OpenAIEndpoint"/>.</summary>
public sealed record OpenAIChatOptions
{
    /// <summary>Base URL of the API, such as <c>http://localhost:8000/v1</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The API key, or empty when the endpoint needs none. It is sent only in the Authorization header.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Time limit of one attempt, from sending the request to the end of the reply; two minutes by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether replies are streamed, which keeps connections open at endpoints that close silent ones. Off by default.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Largest reply that is read, in bytes; 8 MiB by default.</summary>
    public long MaxReplyBytes { get; init; } = 8 << 20;

    /// <summary>
    /// Whether the token limit is also sent as <c>max_tokens</c>, which old servers read. OpenAI's newest models reject it.
    /// </summary>
    public bool SendsMaxTokens { get; init; }

    // The generated method would print the key.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Endpoint = ").Append(Endpoint).Append(", Model = ").Append(Model);
        return true;
    }
}

/// <summary>Describes what leaves this machine, and where it goes.</summary>
internal static class Disclosure
{
    /// <summary>Whether an endpoint is this machine: <c>localhost</c> or a loopback address.</summary>
    public static bool IsLoopback(Uri endpoint) =>
        endpoint.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>Returns the notice to print before the first request, or null for a loopback endpoint.</summary>
    /// <param name="endpoint">The server's address.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="hasKey">Whether an API key is sent along.</param>
    public static string? Text(Uri endpoint, string model, bool hasKey)
    {
        if (IsLoopback(endpoint))
        {
            return null;
        }

        var text = $"""
            Text of your repositories will be sent to {CallFailures.Shown(endpoint.Authority)} (model {CallFailures.Shown(model)}):
            the code and documentation of seeds and of their neighbours, with repository-relative names, after secrets and
            personal data were replaced by placeholders.
            """.ReplaceLineEndings(" ");
        return text + (hasKey ? " Your API key is sent along." : "")
            + (endpoint.Scheme == Uri.UriSchemeHttp ? " The connection is not encrypted (http): others on the way can read it." : "");
    }

    /// <summary>Rejects an address that cannot be used.</summary>
    /// <exception cref="ArgumentException">The address is not http or https, or holds a user or password.</exception>
    internal static void Check(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException("The endpoint is not an http or https address. Give one such as http://localhost:8000/v1.");
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw new ArgumentException("The endpoint's address holds a user or password, which servers on the way would log. "
                + "Give the key in the environment instead.");
        }
    }
}

/// <summary>Prints the disclosure once, before the first prompt is sent. Recorded replies do not trigger it.</summary>
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
