using System.Text.Json;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli.Commands;

/// <summary>The command's own part: output, and how it ends. What it does is the library's.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public WatchTests() => _folder.Write("tree/a.py", "def a():\n    return 1\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Watch_WritesALineForEachCycle_AndEndsWith130()
    {
        using var process = CliProcess.Start(_folder.Root, null, "watch", "tree", "--no-embed", "--format", "jsonl", "--output", "last.jsonl");
        process.Until(() => process.HasSaid("Watching for changes; Ctrl+C ends."));
        Assert.Equal((1, 1, 0), Last());
        _folder.Write("tree/b.py", "def b():\n    return 2\n");
        process.Until(() => Last().Cycle == 2);
        Assert.Equal((2, 1, 1), Last());

        // The workspace is free, and holds what changed.
        Assert.Equal(2, CliProcess.Run(_folder.Root, "snippets", "--format", "jsonl", "--wait", "0").Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        CliProcess.Run(_folder.Root, "index", "tree", "--no-embed", "--wait", "0").Expect(0, "2 unchanged");

        process.Signal(15); // SIGTERM: a run in the background inherits SIGINT as ignored
        process.Wait().Expect(130, "Interrupted; finished work is kept.");
    }

    [Fact]
    public void Watch_AsText_IsALineWithoutControlCharacters()
    {
        _folder.Write("tree/\u001b[31m.py", "def b():\n    return 2\n");
        using var process = CliProcess.Start(_folder.Root, null, "watch", "tree", "--no-embed", "--quiet", "--poll", "0.1", "--output", "last.txt");
        var text = "";
        process.Until(() => Read(_folder.Root + "/last.txt", out text));
        Assert.Matches(@"^\d\d:\d\d:\d\d  2 files extracted, 0 removed; 2 files, 2 snippets in \d+\.\d\d s\n$", text);
        process.Signal(15);
        var result = process.Wait().Expect(130);
        Assert.Equal("", result.Errors);
    }

    // Whoever writes a file holds it for a moment after it has its name.
    private static bool Read(string path, out string text)
    {
        try
        {
            text = File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (IOException)
        {
            text = "";
        }

        return text.Length > 0;
    }

    // An editor that crashes leaves no process behind.
    [Fact]
    public void Watch_WhoseReaderHasGone_Ends() =>
        CliProcess.Shell(_folder.Root, "($XCODER watch tree --no-embed --format jsonl; echo $? > code) | head -n 1; cat code").Expect(0, "\"cycle\":1", "0");

    [Theory]
    [InlineData("watch", "nowhere")]
    [InlineData("watch")]
    [InlineData("watch", "tree", "--format", "json")]
    [InlineData("watch", "tree", "--debounce", "-1")]
    [InlineData("watch", "tree", "--poll", "0")]
    [InlineData("watch", "tree", "--model", "nowhere")]
    [InlineData("watch", "tree", "--repository", "nowhere")]
    public void Watch_ThatIsWrong_Ends2(params string[] arguments) => Assert.StartsWith("xcoder: ", CliProcess.Run(_folder.Root, arguments).Expect(2).Errors);

    private (int Cycle, int Extracted, int Unchanged) Last()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(_folder.Root + "/last.jsonl"));
        var cycle = document.RootElement;
        Assert.Equal(JsonValueKind.Null, cycle.GetProperty("error").ValueKind);
        return (cycle.GetProperty("cycle").GetInt32(), cycle.GetProperty("extracted").GetInt32(), cycle.GetProperty("unchanged").GetInt32());
    }
}
