using System.Net;
using System.Net.Sockets;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Server;

/// <summary>How the explorer's server starts, listens and ends, and who may ask it.</summary>
public sealed class ServeTests : IDisposable
{
    private const string Token = "correct-horse-battery";

    private readonly TemporaryFolder _folder = new();

    public ServeTests()
    {
        _folder.Write("tree/a.py", "def parse_iso_date(text):\n    year, month, day = text.split('-')\n    return int(year), int(month), int(day)\n");
        CliProcess.Run(_folder.Root, "index", "tree", "--no-embed", "--workspace", "ws").Expect(0);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task Serve_EndsOnASignal(int signal)
    {
        using var server = new ServeProcess(_folder.Root, null);
        await server.GetAsync("/");
        server.End(signal).Expect(0);
    }

    [Fact]
    public void Serve_WithoutAnIndex_SaysHowToMakeOne()
    {
        CliProcess.Run(_folder.Root, "serve", "--port", "0", "--workspace", "nowhere").Expect(2, "xcoder index");
        Assert.False(Directory.Exists(_folder.Root + "/nowhere"));
    }

    [Fact]
    public async Task Pages_FollowTheIndex()
    {
        using var server = new ServeProcess(_folder.Root, null);
        var text = await server.PageAsync("/?q=parse+a+date");
        Assert.Contains("tree/a.py:1-3", text, StringComparison.Ordinal);
        Assert.Contains("1 snippet without a vector", text, StringComparison.Ordinal);
        _folder.Write("tree/b.py", "def read_lines(path):\n    with open(path) as file:\n        return [line.strip() for line in file]\n");
        CliProcess.Run(_folder.Root, "index", "tree", "--device", "cpu", "--workspace", "ws").Expect(0);
        text = await server.PageAsync("/?q=lines+of+a+file");
        Assert.Contains("tree/b.py:1-3", text, StringComparison.Ordinal);
        Assert.DoesNotContain("without a vector", text, StringComparison.Ordinal);

        Directory.Delete(_folder.Root + "/ws", recursive: true);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.GetAsync("/")).Status);
    }

    /// <summary>What stands in the environment or in the current folder, which may be a stranger's repository, opens no other door.</summary>
    [Fact]
    public async Task Serve_ListensOnLoopbackAlone_WhateverStandsAround()
    {
        var free = FreePort();
        _folder.Write("appsettings.json", $$"""{ "Kestrel": { "Endpoints": { "all": { "Url": "http://0.0.0.0:{{free}}" } } }, "AllowedHosts": "*" }""");
        using var server = new ServeProcess(_folder.Root, new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://0.0.0.0:{free}",
            ["DOTNET_URLS"] = $"http://0.0.0.0:{free}",
            ["ASPNETCORE_HTTP_PORTS"] = $"{free}",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
        });
        Assert.StartsWith("http://127.0.0.1:", server.Address, StringComparison.Ordinal);
        await server.GetAsync("/");
        Assert.Empty(Listening(server.Id).Except([(IPAddress.Loopback, new Uri(server.Address).Port)]));
        Assert.NotEmpty(Listening(server.Id));
    }

    [Theory]
    [InlineData(2, "--token-file", "--listen", "0.0.0.0")]
    [InlineData(2, "IP address", "--listen", "example.org")]
    [InlineData(2, "at least 16 characters", "--token-file", "short")]
    [InlineData(2, "0 to 65535", "--port", "70000")]
    [InlineData(2, "nowhere", "--token-file", "nowhere")]
    [InlineData(2, "visible", "--token-file", "spaced")]
    public void Serve_ThatWouldBeOpenOrCannotBe_IsRefused(int exitCode, string message, params string[] arguments)
    {
        _folder.Write("short", "abc\n");
        _folder.Write("spaced", "correct horse battery staple\n");
        CliProcess.Run(_folder.Root, ["serve", "--workspace", "ws", .. arguments]).Expect(exitCode, message);
    }

    [Fact]
    public void Serve_OnAPortThatIsTaken_SaysWhatToDo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        CliProcess.Run(_folder.Root, "serve", "--workspace", "ws", "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}").Expect(2, "in use", "--port 0");
    }

    [Fact]
    public async Task Serve_WithAToken_AsksEveryRequestForIt()
    {
        _folder.Write("token", Token + "\n");
        using var server = new ServeProcess(_folder.Root, null, "--listen", "0.0.0.0", "--token-file", "token");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = new Uri(server.Address.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)),
        };
        foreach (var path in new[] { "/", "/site.js", "/duplicates", "/nowhere", "/?token=wrong", "/?token=", $"/?token={Token}&token=x" })
        {
            using var refused = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.DoesNotContain(Token, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var shown = await client.GetAsync($"/?token={Token}");
        Assert.Equal(HttpStatusCode.Redirect, shown.StatusCode);
        Assert.Equal("/", shown.Headers.Location!.OriginalString);
        var cookie = Assert.Single(shown.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("Authorization", $"Bearer {Token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Authorization", $"Bearer {Token}x"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await StatusAsync("Host", "evil.example"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("Host", "192.0.2.7:4747", ("Authorization", $"Bearer {Token}")));

        async Task<HttpStatusCode> StatusAsync(string name, string value, params (string Name, string Value)[] more)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/site.css");
            foreach (var (header, text) in more.Prepend((name, value)))
            {
                request.Headers.TryAddWithoutValidation(header, text);
            }

            using var response = await client.SendAsync(request);
            return response.StatusCode;
        }
    }

    /// <summary>The web server costs other commands nothing.</summary>
    [Fact]
    public void OtherCommands_DoNotLoadTheWebServer()
    {
        using var server = new ServeProcess(_folder.Root, null);
        Assert.Contains("Microsoft.AspNetCore", File.ReadAllText($"/proc/{server.Id}/maps"), StringComparison.Ordinal);
        using var watch = CliProcess.Start(_folder.Root, null, "watch", "tree", "--no-embed", "--workspace", "watched", "--output", "cycle.txt");
        watch.Until(() => File.Exists(_folder.Root + "/cycle.txt"));
        Assert.DoesNotContain("Microsoft.AspNetCore", File.ReadAllText($"/proc/{watch.Id}/maps"), StringComparison.Ordinal);
        watch.Signal(2);
        watch.Wait();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The sockets on which a process listens.
    private static List<(IPAddress Address, int Port)> Listening(int process)
    {
        const string Listens = "0A";
        var own = Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Select(link => File.ResolveLinkTarget(link, false)?.Name ?? "").ToHashSet();
        return [.. new[] { "tcp", "tcp6" }.SelectMany(kind => File.ReadLines($"/proc/{process}/net/{kind}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == Listens && own.Contains($"socket:[{fields[9]}]"))
            .Select(fields => (new IPAddress([.. Convert.FromHexString(fields[1].Split(':')[0]).Reverse()]), Convert.ToInt32(fields[1].Split(':')[1], 16)))];
    }
}
