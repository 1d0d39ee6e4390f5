using System.Text.Json;

namespace XCoder.Tests.Cli;

public sealed class OutputTests(CliCorpus corpus) : IClassFixture<CliCorpus>
{
    private const char Escape = '\u001B';

    private static readonly string[] SnippetFields =
        ["id", "repository", "path", "language", "kind", "name", "qualifiedName", "startLine", "endLine", "startByte", "endByte", "signature", "documentation", "tokens", "hasErrors", "isTest"];

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public void Snippets_AsJson_HaveAllFields(string format)
    {
        var snippets = Rows(corpus.Run("snippets", "--format", format, "--with-code").Expect(0).Output, format);
        Assert.Equal(7, snippets.Count);
        Assert.All(snippets, snippet => AssertFields(snippet, [.. SnippetFields, "code"]));
        var first = snippets.Single(snippet => Text(snippet, "path") == "b/b.py");
        Assert.Equal(("shop", "python", "function", "first", "def first(values, limit):\n" + CliCorpus.Copied.TrimEnd()),
            (Text(first, "repository"), Text(first, "language"), Text(first, "kind"), Text(first, "name"), Text(first, "code").TrimEnd()));
        Assert.All(Rows(corpus.Run("snippets", "--format", format).Output, format), snippet => AssertFields(snippet, SnippetFields));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public void Duplicates_AsJson_HaveAllFields(string format)
    {
        var group = Assert.Single(Rows(corpus.Run("duplicates", "--format", format).Expect(0).Output, format));
        AssertFields(group, "group", "kind", "measure", "similarity", "crossLanguage", "representative", "members");
        Assert.All(group.GetProperty("members").EnumerateArray(), member => AssertFields(member, "id", "repository", "path", "language", "name", "startLine", "endLine"));
    }

    [Fact]
    public void Analyze_AsJson_IsTheReportFile()
    {
        var run = CliProcess.Run(corpus.Root, "analyze", "shop", "--workspace", "analysed", "--format", "json").Expect(0);
        var report = JsonDocument.Parse(run.Output).RootElement;
        AssertFields(report, "tool", "files", "bytes", "languages", "snippets", "duplicates", "coverage", "timings");
        AssertFields(report.GetProperty("files"), "seen", "parsed", "withErrors", "skipped");
        Assert.All(report.GetProperty("languages").EnumerateArray(), language => AssertFields(language, "language", "files", "bytes", "functions", "structures", "documented"));
        Assert.All(report.GetProperty("duplicates").EnumerateObject(), kind => AssertFields(kind.Value, "groups", "snippets", "share"));
        Assert.Equal(File.ReadAllText(corpus.Root + "/analysed/report.json").Trim(), run.Output.Trim());
        Assert.All((string[])["report.html", "duplicates.sarif"], file => Assert.True(File.Exists($"{corpus.Root}/analysed/{file}")));
    }

    [Fact]
    public void Output_ToAFile_IsWholeOrNotThere()
    {
        corpus.Run("snippets", "--format", "json", "--output", "out.json").Expect(0);
        Assert.Equal(7, JsonDocument.Parse(File.ReadAllText(corpus.Root + "/out.json")).RootElement.GetArrayLength());
        corpus.Run("snippets", "--repository", "none", "--output", "out.json").Expect(2);
        Assert.Equal(7, JsonDocument.Parse(File.ReadAllText(corpus.Root + "/out.json")).RootElement.GetArrayLength());
        corpus.Run("snippets", "--output", "no/such/folder").Expect(2);
        Assert.Empty(Directory.EnumerateFiles(corpus.Root, "*.tmp"));
    }

    [Fact]
    public void Quiet_OfIndex_LeavesStandardErrorEmpty() =>
        Assert.Empty(CliProcess.Run(corpus.Root, "index", "shop", "--workspace", "quiet", "--quiet").Expect(0).Errors);

    [Fact]
    public void Output_ToAClosedPipe_EndsInSilence() =>
        Assert.Equal("", CliProcess.Shell(corpus.Root, "$XCODER snippets --workspace ws --format jsonl --with-code | head -n 1 > one").Expect(0).Errors);

    [Fact]
    public void Output_NotToATerminalOrWithNoColor_HasNoColours()
    {
        Assert.DoesNotContain(Escape, corpus.Run("coverage").Output);
        var terminal = CliProcess.Shell(corpus.Root, "NO_COLOR=1 TERM=xterm script -qec \"$XCODER duplicates --workspace ws\" /dev/null").Expect(0);
        Assert.DoesNotContain($"{Escape}[3", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Terminal_Narrow_HoldsTheTableAndShowsItsCursor()
    {
        var run = CliProcess.Shell(corpus.Root, "NO_COLOR= TERM=xterm script -qec \"stty cols 24; $XCODER index shop --workspace narrow && $XCODER coverage --workspace narrow\" /dev/null").Expect(0);
        var lines = run.Output.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        Assert.Contains($"{Escape}[2mLanguage{Escape}[0m  {Escape}[2mFiles{Escape}[0m", lines);
        Assert.DoesNotContain($"{Escape}[?25l", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_OfStrangers_NeverReachATerminalRaw()
    {
        const string Name = "a\u001B[31m\n\u202Eb";
        foreach (var copy in (string[])["", "2"])
        {
            corpus.Write($"hostile{Name}/{Name}{copy}.py", $"def same(values, limit):\n{CliCorpus.Copied}");
        }

        var runs = new List<CliResult> { CliProcess.Run(corpus.Root, "analyze", $"hostile{Name}", "--workspace", "hostile") };
        foreach (var arguments in (string[][])[["snippets"], ["duplicates"], ["coverage"], ["duplicates", "--format", "json"], ["snippets", "--format", "jsonl"], ["snippets", "--repository", Name], ["index", "none" + Name], ["snippets", "--kind", Name], ["--bad" + Name], ["duplicates", "--baseline", Name], ["snippets", "--workspace", Name]])
        {
            runs.Add(CliProcess.Run(corpus.Root, [.. arguments, .. arguments.Contains("--workspace") ? (string[])[] : ["--workspace", "hostile"]]));
        }

        Assert.Equal([0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2], runs.Select(run => run.ExitCode));
        Assert.All(runs, run => Assert.DoesNotContain(run.Output + run.Errors, character => character is Escape or '\u202E'));
    }

    private static void AssertFields(JsonElement element, params string[] names) =>
        Assert.All(names, name => Assert.True(element.TryGetProperty(name, out _), $"'{name}' is missing in {element}"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static List<JsonElement> Rows(string text, string format) => format == "json"
        ? [.. JsonDocument.Parse(text).RootElement.EnumerateArray()]
        : [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
