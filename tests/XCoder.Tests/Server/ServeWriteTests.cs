using System.Net;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Server;

/// <summary>Groups that are ignored in a page, and requests that must not write.</summary>
public sealed class ServeWriteTests : IDisposable
{
    private const string Reason = "apart <script>alert(1)</script> on purpose";

    private readonly TemporaryFolder _folder = new();

    public ServeWriteTests()
    {
        foreach (var name in new[] { "shop", "store" })
        {
            _folder.WriteGit(name);
            _folder.Write($"{name}/a.py", "def weigh(values, limit):\n" + McpCorpus.Body);
        }

        CliProcess.Run(_folder.Root, "index", "shop", "store", "--no-embed", "--workspace", "ws").Expect(0);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Form_OfAGroup_IgnoresItInTheNamedRepository()
    {
        using var server = new ServeProcess(_folder.Root, null, "--write", "shop");
        var (cookie, group) = await OpenAsync(server);
        var page = (await server.GetAsync(group, ("Cookie", cookie))).Text;
        Assert.Contains($"action=\"{group}/ignore\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"shop\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"store\"", page, StringComparison.Ordinal);

        var (status, location) = await PostAsync(server, group, cookie, Origin(server), "shop", Reason);
        Assert.Equal((HttpStatusCode.SeeOther, group), (status, location));
        Assert.Contains("apart <script>alert(1)</script> on purpose", System.Text.RegularExpressions.Regex.Unescape(File.ReadAllText(Path.Join(_folder.Root, "shop/xcoder.ignores.json"))), StringComparison.Ordinal);
        page = (await server.GetAsync(group, ("Cookie", cookie))).Text;
        Assert.Contains("People chose to ignore it", page, StringComparison.Ordinal);
        Assert.Contains("apart &lt;script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/ignore\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(group, (await server.GetAsync("/duplicates?section=all", ("Cookie", cookie))).Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(_folder.Root, "store/xcoder.ignores.json")));
    }

    [Fact]
    public async Task Requests_OfOthers_WriteNothing()
    {
        using var server = new ServeProcess(_folder.Root, null, "--write", "shop");
        var (cookie, group) = await OpenAsync(server);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(server, group, "", Origin(server), "shop", Reason)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(server, group, "xcoder-token=0123456789abcdef", Origin(server), "shop", Reason)).Status);
        foreach (var origin in new[] { "", "null", "http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1", "file://" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(server, group, cookie, origin, "shop", Reason)).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, group, cookie, Origin(server), "store", Reason)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, group, cookie, Origin(server), "../shop", Reason)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, group, cookie, Origin(server), "", Reason)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(server, group, cookie, Origin(server), "shop", " ")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(server, group, cookie, Origin(server), "shop", new string('x', 501))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(server, "/group/0123456789abcdef", cookie, Origin(server), "shop", Reason)).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(server, group, cookie, Origin(server), "shop", new string('x', 100_000))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(server, group, cookie, Origin(server), "shop", Reason, "text/plain")).Status);
        Assert.Empty(Directory.GetFiles(_folder.Root, "xcoder.ignores.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Form_WhereALinkStands_WritesNothing()
    {
        _folder.Write("outside.json", "{}");
        _folder.Link("shop/xcoder.ignores.json", "../outside.json");
        using var server = new ServeProcess(_folder.Root, null, "--write", "shop");
        var (cookie, group) = await OpenAsync(server);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(server, group, cookie, Origin(server), "shop", Reason)).Status);
        Assert.Equal("{}", File.ReadAllText(Path.Join(_folder.Root, "outside.json")));
    }

    [Fact]
    public void Serve_WithAPathThatIsNotThere_SaysSo() =>
        CliProcess.Run(_folder.Root, "serve", "--workspace", "ws", "--port", "0", "--write", "nowhere").Expect(2, "nowhere");

    // The address that is printed shows the token once; the browser keeps it.
    private static async Task<(string Cookie, string Group)> OpenAsync(ServeProcess server)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/")).Status);
        using var shown = await server.SendAsync(HttpMethod.Get, server.Address);
        Assert.Equal(HttpStatusCode.Redirect, shown.StatusCode);
        var cookie = Assert.Single(shown.Headers.GetValues("Set-Cookie")).Split(';')[0];
        return (cookie, ServeCorpus.Path((await server.GetAsync("/duplicates?section=all", ("Cookie", cookie))).Text, "/group/"));
    }

    private static string Origin(ServeProcess server) => new Uri(server.Address).GetLeftPart(UriPartial.Authority);

    private static async Task<(HttpStatusCode Status, string? Location)> PostAsync(ServeProcess server, string group, string cookie, string origin, string repository, string reason, string type = "application/x-www-form-urlencoded")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, group + "/ignore")
        {
            Content = new StringContent($"repository={Uri.EscapeDataString(repository)}&reason={Uri.EscapeDataString(reason)}", System.Text.Encoding.UTF8, type),
        };
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        if (origin.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        using var response = await server.Client.SendAsync(request);
        return (response.StatusCode, response.Headers.Location?.OriginalString);
    }
}
