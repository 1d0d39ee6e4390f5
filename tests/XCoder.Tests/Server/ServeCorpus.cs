using System.Net;
using System.Net.Sockets;
using System.Text;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Server;

/// <summary>A server of the explorer's pages in a process of its own.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly CliProcess _process;
    private readonly string _file;

    /// <summary>Starts it on a free port and waits for its address.</summary>
    public ServeProcess(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        _file = Path.Combine(folder, Path.GetRandomFileName());
        _process = CliProcess.Start(folder, environment, ["serve", "--port", "0", "--workspace", "ws", "--device", "cpu", "--output", _file, .. arguments]);
        _process.Until(() => (Address = ReadAddress()).Length > 0);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(Address) };
    }

    /// <summary>Address of the start page.</summary>
    public string Address { get; private set; } = "";

    public HttpClient Client { get; }

    public int Id => _process.Id;

    /// <summary>Status and text of a page.</summary>
    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(HttpMethod.Get, path, headers);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<string> PageAsync(string path)
    {
        var (status, text) = await GetAsync(path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status}\n{text}");
        return text;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>What the server answers to bytes that no client would send.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Client.BaseAddress!.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public CliResult End(int signal)
    {
        _process.Signal(signal);
        return _process.Wait();
    }

    // Empty while the file is not there or still written.
    private string ReadAddress()
    {
        try
        {
            return File.ReadAllText(_file) is var text && text.EndsWith('\n') ? text.Trim() : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Dispose();
    }
}

/// <summary>Repositories with duplicates in two languages and with hostile names and code, indexed once, and a server on them.</summary>
public sealed class ServeCorpus : IAsyncLifetime
{
    /// <summary>In files that no page may show.</summary>
    public const string Secret = "secret-b81f3c";

    public const string Script = "</pre></textarea></title></script><script>alert(1)</script><img src=x onerror=alert(2)>\" onfocus=\"alert(3)\" autofocus x=\"";

    internal TemporaryFolder Folder { get; } = new();

    internal ServeProcess Server { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Folder.Write("secret.txt", Secret + "\n");
        Folder.WriteGit("shop");
        Folder.Write("shop/.gitignore", "ignored.py\n");
        Folder.Write("shop/ignored.py", $"def ignored():\n    return '{Secret}'\n");
        Folder.Link("shop/linked.py", "../secret.txt");
        Folder.Write("shop/a.py", $"def weigh(values, limit):\n    \"\"\"Adds up what is above a limit.\"\"\"\n{McpCorpus.Body}\n\ndef report(orders):\n    return weigh(orders, 3)\n\n\ndef parse_iso_date(text):\n    \"\"\"Parses an ISO date such as 2024-05-01.\"\"\"\n    # splits it at the dashes\n    year, month, day = text.split('-')\n    return int(year), int(month), int(day)\n");
        Folder.Write("shop/copy.py", $"def weigh(values, limit):\n{McpCorpus.Body}");
        Folder.Write("shop/renamed.py", $"def measure(things, most):\n{McpCorpus.Body.Replace("values", "things", StringComparison.Ordinal).Replace("limit", "most", StringComparison.Ordinal)}");
        Folder.Write("shop/near.py", $"def weigh_more(values, limit):\n{McpCorpus.Body.Replace("    return", "    print(total)\n    return", StringComparison.Ordinal)}");
        Folder.Write("web/date.js", "export function parseIsoDate(text) {\n  const [year, month, day] = text.split('-');\n  return [Number(year), Number(month), Number(day)];\n}\n");
        Folder.WriteGit("hostile");
        Folder.Write("hostile/<script>alert(4)</script>\u001b[31m\u202E'\".py", $"# {Script}\ndef weigh_hostile(values, limit='''{Script}'''):\n    \"\"\"{Script} \u001b[2J\u202E\u200B\"\"\"\n    # {Script}\n{McpCorpus.Body}");
        foreach (var name in new[] { "one", "two" })
        {
            Folder.Write($"hostile/long_{name}.py", $"def long_line(numbers, most):\n    text = \"{new string('z', 900_000)}\"\n    found = [text]\n    while most > 0:\n        most = most - 1\n        found.append(numbers[most] * 3 + len(text))\n    return sorted(found), '{name}'\n");
        }

        CliProcess.Run(Folder.Root, "index", "shop", "web", "hostile", "--device", "cpu", "--workspace", "ws").Expect(0);
        Server = new ServeProcess(Folder.Root, null);
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        Server.Dispose();
        Folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Path of the page of the first result of a search.</summary>
    internal async Task<string> FirstAsync(string question) => Path(await Server.PageAsync("/results?q=" + Uri.EscapeDataString(question)), "/snippet/");

    /// <summary>The first address in a page that begins so.</summary>
    internal static string Path(string page, string begin)
    {
        var at = page.IndexOf($"\"{begin}", StringComparison.Ordinal);
        Assert.True(at >= 0, page);
        return page[(at + 1)..page.IndexOf('"', at + 1)];
    }
}
