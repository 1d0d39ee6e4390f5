using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Server;

/// <summary>How the server starts, follows the index and ends.</summary>
public sealed class McpServerTests : IDisposable
{
    private const string Hello = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
    private const string Ready = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";

    private readonly TemporaryFolder _folder = new();

    public McpServerTests() => _folder.Write("tree/a.py", "def parse_iso_date(text):\n    year, month, day = text.split('-')\n    return int(year), int(month), int(day)\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tools_WithoutAnIndex_SayHowToMakeOne_AndFindItOnceItIsThere()
    {
        await using var client = await McpCorpus.ConnectAsync(_folder.Root);
        var (text, isError) = await McpCorpus.CallAsync(client, "find_code", "question", "parse a date");
        Assert.True(isError);
        Assert.Contains("xcoder index", text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Root + "/ws"));

        CliProcess.Run(_folder.Root, "index", "tree", "--workspace", "ws").Expect(0);
        Assert.Contains("tree/a.py:1-3", (await McpCorpus.CallAsync(client, "find_code", "question", "parse a date")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_AfterAChangeOfTheIndex_AnswerFromTheNewOne()
    {
        CliProcess.Run(_folder.Root, "index", "tree", "--workspace", "ws").Expect(0);
        await using var client = await McpCorpus.ConnectAsync(_folder.Root);
        var code = "def tally(values, limit):\n" + McpCorpus.Body;
        Assert.StartsWith("No caller", (await McpCorpus.CallAsync(client, "callers", "snippet", "parse_iso_date")).Text, StringComparison.Ordinal);
        Assert.StartsWith("No copy", (await McpCorpus.CallAsync(client, "find_similar", "code", code, "language", "python")).Text, StringComparison.Ordinal);

        _folder.Write("tree/b.py", code + "\n\ndef today(text):\n    return parse_iso_date(text)\n");
        CliProcess.Run(_folder.Root, "index", "tree", "--no-embed", "--workspace", "ws").Expect(0);
        Assert.Contains("tree/b.py:11-12", (await McpCorpus.CallAsync(client, "callers", "snippet", "parse_iso_date")).Text, StringComparison.Ordinal);
        Assert.Contains("2 snippets without a vector", (await McpCorpus.CallAsync(client, "find_code", "question", "date of today")).Text, StringComparison.Ordinal);

        CliProcess.Run(_folder.Root, "index", "tree", "--workspace", "ws").Expect(0);
        Assert.StartsWith("This code exists: 1 copy", (await McpCorpus.CallAsync(client, "find_similar", "code", code, "language", "python")).Text, StringComparison.Ordinal);
        var found = (await McpCorpus.CallAsync(client, "find_code", "question", "date of today")).Text;
        Assert.Contains("tree/b.py:11-12", found, StringComparison.Ordinal);
        Assert.DoesNotContain("without a vector", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_IndexesAtTheStartAndAfterChanges()
    {
        await using var client = await McpCorpus.ConnectAsync(_folder.Root, "--watch", "tree");
        await UntilAsync("tree/a.py:1-3");
        _folder.Write("tree/b.py", "def other(text):\n    return parse_iso_date(text)\n");
        await UntilAsync("tree/b.py:1-2");

        async Task UntilAsync(string place)
        {
            var watch = Stopwatch.StartNew();
            while (!(await McpCorpus.CallAsync(client, "find_code", "question", "parse a date")).Text.Contains(place, StringComparison.Ordinal))
            {
                Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "The index did not follow.");
            }
        }
    }

    [Fact]
    public async Task Gaps_OnceTheWorkspaceHoldsConcepts_AreThoseOfTheCommand()
    {
        CliProcess.Run(_folder.Root, "index", "tree", "--workspace", "ws").Expect(0);
        CliProcess.Run(_folder.Root, "coverage", "--gaps", "--workspace", "ws").Expect(0, "Gaps: 0 cases");
        await using var client = await McpCorpus.ConnectAsync(_folder.Root);
        Assert.Equal(("No gap was found.", false), await McpCorpus.CallAsync(client, "gaps"));
        var (text, isError) = await McpCorpus.CallAsync(client, "gaps", "repository", "tree", "missing_from", "tree");
        Assert.False(isError, text);
        Assert.StartsWith("It has no concept that the other lacks.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExplainGroup_ThatPeopleIgnore_GivesTheReason()
    {
        _folder.WriteGit("shop");
        _folder.Write("shop/a.py", $"# xcoder-ignore: kept\u202E apart\ndef weigh(values, limit):\n{McpCorpus.Body}");
        _folder.Write("shop/b.py", $"def weigh(values, limit):\n{McpCorpus.Body}");
        CliProcess.Run(_folder.Root, "index", "shop", "--workspace", "ws").Expect(0);
        await using var client = await McpCorpus.ConnectAsync(_folder.Root);
        var group = System.Text.RegularExpressions.Regex.Match((await McpCorpus.CallAsync(client, "duplicates_of", "snippet", "shop/a.py:3")).Text, "group ([0-9a-f]{16}) exact").Groups[1].Value;
        var text = (await McpCorpus.CallAsync(client, "explain_group", "group", group)).Text;
        Assert.Contains("People chose to ignore it", text, StringComparison.Ordinal);
        Assert.Contains("kept\\u202E apart", text, StringComparison.Ordinal);
        Assert.Contains("differs: nothing but comments", text, StringComparison.Ordinal);
    }

    // The database's own side files come and go with readers.
    [Fact]
    public async Task Tools_WriteNothing()
    {
        CliProcess.Run(_folder.Root, "index", "tree", "--workspace", "ws").Expect(0);
        var before = Files();
        await using (var client = await McpCorpus.ConnectAsync(_folder.Root))
        {
            foreach (var (tool, arguments) in new (string, object[])[] { ("find_code", ["question", "date"]), ("find_similar", ["code", "def a(): return 1", "language", "python"]), ("duplicates_of", ["snippet", "a.py:1"]), ("callers", ["snippet", "a.py:1"]), ("callees", ["snippet", "a.py:1"]), ("gaps", []), ("explain_group", ["group", "0000000000000000"]) })
            {
                await McpCorpus.CallAsync(client, tool, arguments);
            }
        }

        Assert.Equal(before, Files());

        List<string> Files() => [.. Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(path => !path.EndsWith("-wal", StringComparison.Ordinal) && !path.EndsWith("-shm", StringComparison.Ordinal))
            .Select(path => $"{path} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}")];
    }

    // A script writes its requests and closes the input; it gets every answer, and nothing else.
    [Fact]
    public void EndOfInput_EndsTheServer_OnceAllIsAnswered()
    {
        CliProcess.Run(_folder.Root, "index", "tree", "--workspace", "ws").Expect(0);
        string[] requests = [Hello, Ready, Call(2, "find_code", """{"question":"parse a date"}"""), Call(3, "find_code", "{}"), "no message", Call(4, "nothing", "{}"), Call(5, "callers", """{"snippet":"parse_iso_date"}""")];
        _folder.Write("requests", string.Join('\n', requests) + "\n");
        var result = CliProcess.Shell(_folder.Root, "$XCODER mcp --workspace ws --verbose < requests").Expect(0);
        var answers = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(answers, answer => Assert.Equal("2.0", answer.GetProperty("jsonrpc").GetString()));
        Assert.Equal([1, 2, 3, 4, 5], answers.Where(answer => answer.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number).Select(answer => answer.GetProperty("id").GetInt32()).Order());
    }

    [Fact]
    public void EndOfInput_WithoutAnyMessage_EndsTheServer()
    {
        using var process = CliProcess.Start(_folder.Root, null, "mcp", "--workspace", "ws");
        Assert.Equal("", process.Wait().Expect(0).Output);
    }

    [Fact]
    public void Termination_EndsTheServer_WhileTheInputIsOpen()
    {
        var script = $$"""
            mkfifo in out
            $XCODER mcp --workspace ws < in > out &
            server=$!
            exec 3> in 4< out
            echo '{{Hello}}' >&3
            read -r answer <&4
            kill -TERM $server
            wait $server
            echo "ended with $?"
            """;
        Assert.EndsWith("ended with 0\n", CliProcess.Shell(_folder.Root, script).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No such file or folder: nowhere", "--watch", "nowhere")]
    [InlineData("choose text", "--format", "json")]
    [InlineData("there is no folder nowhere", "--model", "nowhere")]
    public void WrongUsage_EndsWith2(string expected, params string[] arguments) =>
        CliProcess.Run(_folder.Root, ["mcp", "--workspace", "ws", .. arguments]).Expect(2, expected);

    [Fact]
    public void Configurations_OfTheReadme_StartTheServer()
    {
        var blocks = Readmes.Blocks("src/XCoder.Cli/README.md", "### Your coding agent asks the index", "json");
        Assert.Equal(3, blocks.Count);
        Assert.All(blocks, block =>
        {
            var server = JsonDocument.Parse(block).RootElement.EnumerateObject().Single().Value.GetProperty("xcoder");
            if (server.TryGetProperty("url", out var url))
            {
                Assert.Equal($"http://127.0.0.1:{new XCoder.Server.Pages.ExplorerOptions().Port}/mcp", url.GetString());
                return;
            }

            var parsed = XCoder.Cli.CommandLine.Build().Parse([.. server.GetProperty("args").EnumerateArray().Select(word => word.GetString()!)]);
            Assert.Equal(("xcoder", "mcp"), (server.GetProperty("command").GetString(), parsed.CommandResult.Command.Name));
            Assert.Empty(parsed.Errors);
        });
    }

    private static string Call(int id, string tool, string arguments) =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""";
}
