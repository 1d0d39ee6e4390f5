using XCoder.Agents.Chat;

namespace XCoder.Tests.Agents.Chat;

public sealed class ApiKeyTests
{
    [Fact]
    public async Task ApiKey_SentAsBearer_AppearsNowhereElse()
    {
        var echo = $$"""{"answer": "you sent {{ChatSetup.Key}}", "score": 1}""";
        await using var setup = new ChatSetup(_ => echo);
        Assert.DoesNotContain(ChatSetup.Key, (await setup.AskAsync()).Answer!.Value.GetRawText());
        await using var streamed = new ChatSetup(_ => echo, client: options => options with { IsStreaming = true }, folder: setup.Workspace);
        Assert.DoesNotContain(ChatSetup.Key, (await streamed.AskAsync("streamed")).Answer!.Value.GetRawText());
        Assert.All(setup.Server.Requests.Concat(streamed.Server.Requests), request => Assert.Equal($"Bearer {ChatSetup.Key}", request.Authorization));

        setup.Server.Script.Enqueue(LoopbackFault.Unauthorized);
        var exception = await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync("another"));
        Assert.DoesNotContain(ChatSetup.Key, exception.ToString());
        Assert.Contains("[key]", exception.Message);

        Assert.All(Directory.EnumerateFiles(setup.Workspace), file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(ChatSetup.Key))));
        Assert.DoesNotContain(ChatSetup.Key, new OpenAIChatOptions { Endpoint = setup.Server.Endpoint, Model = "m", ApiKey = ChatSetup.Key }.ToString());
    }

    [Fact]
    public async Task Redirect_ToAnotherServer_GetsNoKey()
    {
        using var other = new LoopbackChatServer();
        await using var setup = new ChatSetup(_ => new LoopbackAnswer { Fault = LoopbackFault.Redirect, Location = $"{other.Endpoint}/chat/completions" });
        await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync());
        Assert.Equal(0, other.Count);
    }

    [Theory]
    [InlineData("http://localhost:8000/v1", true)]
    [InlineData("http://127.3.4.5/v1", true)]
    [InlineData("http://[::1]:8080/v1", true)]
    [InlineData("http://localhost.example.com/v1", false)]
    [InlineData("http://192.168.0.7/v1", false)]
    [InlineData("https://api.example.com/v1", false)]
    public void Disclosure_OfAnEndpoint_NamesHostAndModelUnlessLoopback(string endpoint, bool isLoopback)
    {
        var text = Disclosure.Text(new Uri(endpoint), "big-model", hasKey: true);
        Assert.Equal(isLoopback, text is null);
        Assert.True(isLoopback || (text!.Contains(new Uri(endpoint).Authority) && text.Contains("big-model") && text.Contains("API key")));
        Assert.Equal(!isLoopback && endpoint.StartsWith("http:"), text?.Contains("not encrypted") == true);
    }

    [Fact]
    public async Task AskAsync_EndpointElsewhere_IsDisclosedOnceAndBeforeTheFirstRequest()
    {
        await using var setup = new ChatSetup();
        await setup.AskAsync("recorded");
        var said = new List<(string Text, long Sent)>();
        using var endpoint = new OpenAIEndpoint(new OpenAIChatOptions { Endpoint = new Uri("http://model.example/v1"), Model = "tiny" }, text => said.Add((text, setup.Server.Count)), handler: new Detour(setup.Server.Endpoint));
        using var gateway = new ChatGateway(endpoint.Kernel, setup.Replies, new ChatGatewayOptions { Model = "tiny" });

        Assert.True((await gateway.AskAsync(ChatSetup.Query("recorded"), default)).Answer!.Recorded);
        Assert.Empty(said);
        await gateway.AskAsync(ChatSetup.Query("first"), default);
        await gateway.AskAsync(ChatSetup.Query("second"), default);

        var (text, sent) = Assert.Single(said);
        Assert.Contains("model.example", text, StringComparison.Ordinal);
        Assert.Equal((1, 3), (sent, setup.Server.Count));
    }

    [Theory]
    [InlineData("https://user:secret@example.com/v1")]
    [InlineData("ftp://example.com/")]
    public void Endpoint_AddressThatCannotBeAsked_IsRefused(string endpoint)
    {
        var exception = Assert.Throws<ArgumentException>(() => new OpenAIEndpoint(new OpenAIChatOptions { Endpoint = new Uri(endpoint), Model = "m" }));
        Assert.DoesNotContain("secret", exception.Message);
    }

    /// <summary>Sends to a server on loopback what is meant for another.</summary>
    private sealed class Detour(Uri server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(server, request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
