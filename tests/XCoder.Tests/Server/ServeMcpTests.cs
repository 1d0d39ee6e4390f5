using System.Net;
using System.Text;
using ModelContextProtocol.Client;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Server;

/// <summary>The server of pages as a server of coding agents.</summary>
public sealed class ServeMcpTests(ServeCorpus corpus) : IClassFixture<ServeCorpus>
{
    private const string Ask = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"find_code","arguments":{"question":"parse a date"}}}""";

    [Fact]
    public async Task Tools_OverHttp_AnswerAClient()
    {
        await using var client = await ConnectAsync(corpus.Server.Address);
        Assert.Equal(7, (await client.ListToolsAsync()).Count);
        var (text, isError) = await McpCorpus.CallAsync(client, "find_code", "question", "parse a date");
        Assert.False(isError, text);
        Assert.Contains("parse_iso_date", text, StringComparison.Ordinal);
        Assert.Contains("shop/a.py:12-13", (await McpCorpus.CallAsync(client, "callers", "snippet", "shop/a.py:1")).Text, StringComparison.Ordinal);
        Assert.True((await McpCorpus.CallAsync(client, "find_code")).IsError);
        Assert.Single(await client.ListResourceTemplatesAsync());
    }

    [Theory]
    [InlineData("POST", HttpStatusCode.OK)]
    [InlineData("GET", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", HttpStatusCode.MisdirectedRequest, "Host", "evil.example")]
    [InlineData("POST", HttpStatusCode.Forbidden, "Origin", "http://evil.example")]
    [InlineData("POST", HttpStatusCode.Forbidden, "Origin", "http://127.0.0.1:1")]
    [InlineData("POST", HttpStatusCode.Forbidden, "Origin", "null")]
    [InlineData("POST", HttpStatusCode.Forbidden, "Origin", "file://")]
    [InlineData("POST", HttpStatusCode.Forbidden, "Sec-Fetch-Site", "same-site")]
    [InlineData("POST", HttpStatusCode.NotFound, "Content-Type", "text/plain")]
    [InlineData("POST", HttpStatusCode.RequestEntityTooLarge, "X-Long", "body")]
    public async Task Requests_OfOthers_AreRefused(string method, HttpStatusCode expected, string? name = null, string value = "")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        if (method == "POST")
        {
            request.Content = new StringContent(name == "X-Long" ? Ask + new string(' ', 1 << 20) : Ask, Encoding.UTF8, name == "Content-Type" ? value : "application/json");
        }

        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (name is not (null or "Content-Type"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await corpus.Server.Client.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await response.Content.ReadAsStringAsync()).Contains("shop/a.py", StringComparison.Ordinal));
        Assert.DoesNotContain(response.Headers, static header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Messages_ThatAreNone_AreRefusedAndTheServerGoesOn()
    {
        foreach (var text in new[] { "", "{", "[]", "null", "\"x\"", "{\"jsonrpc\":\"2.0\"}", $"[{string.Join(',', Enumerable.Repeat(Ask, 100))}]", new string('[', 100_000), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"none\"}" })
        {
            using var content = new StringContent(text, Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = content };
            request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
            using var response = await corpus.Server.Client.SendAsync(request);
            Assert.True((int)response.StatusCode is 200 or 202 or (>= 400 and < 500), $"{text[..Math.Min(text.Length, 50)]}: {response.StatusCode}");
            Assert.DoesNotContain("   at ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await Tools_OverHttp_AnswerAClient();
    }

    [Fact]
    public async Task Tools_BehindAToken_AskForIt()
    {
        const string Token = "0123456789abcdef-token";
        corpus.Folder.Write("token", Token);
        using var server = new ServeProcess(corpus.Folder.Root, null, "--token-file", "token");
        using var content = new StringContent(Ask, Encoding.UTF8, "application/json");
        using var refused = await server.Client.PostAsync(new Uri("/mcp", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await using var client = await ConnectAsync(server.Address, Token);
        Assert.Contains("shop/a.py", (await McpCorpus.CallAsync(client, "find_code", "question", "parse a date")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_MakesAnIndexAndFollowsChanges()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tree/a.py", "def parse_iso_date(text):\n    year, month, day = text.split('-')\n    return int(year), int(month), int(day)\n");
        using var server = new ServeProcess(folder.Root, null, "--watch", "tree");
        await UntilAsync("tree/a.py");
        folder.Write("tree/b.py", "def other_date(text):\n    return parse_iso_date(text)\n");
        await UntilAsync("tree/b.py");

        async Task UntilAsync(string place)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            while (!(await server.GetAsync("/results?q=parse+a+date")).Text.Contains(place, StringComparison.Ordinal))
            {
                Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "The index did not follow.");
            }
        }
    }

    private static Task<McpClient> ConnectAsync(string address, string? token = null) => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(address + "mcp"),
        AdditionalHeaders = token is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
    }));
}
