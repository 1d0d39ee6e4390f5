using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli.Commands;

public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExportTests() => SampleRows.Store(
        Path.Combine(_folder.Root, ".xcoder"),
        [SampleRows.Make(1), SampleRows.Make(2, "go", "python"), SampleRows.Make(3, verdict: Verdict.Reject), SampleRows.Make(4, licence: null), SampleRows.MakeHostile()]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Export_ToStandardOutput_IsLinesAndCountsGoElsewhere()
    {
        var result = Run("export", "--data-format", "chat").Expect(0, "Exported 3 of 5 rows", "1, licence unknown (--licences)", "1, verdict not selected (--all, --verdict)");
        Assert.Equal(["user", "assistant"], JsonDocument.Parse(result.Output.Split('\n')[0]).RootElement.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal(3, result.Output.Count(character => character == '\n'));
        Assert.DoesNotContain("Exported", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_ToAFolder_HasCardAttributionAndParquet()
    {
        var result = Run("export", "--output", "set", "--parquet", "--format", "json", "--validation", "0.1").Expect(0);
        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(3, json.GetProperty("exported").GetInt32());
        Assert.Equal(1, json.GetProperty("dropped").GetProperty("licence-unknown").GetInt32());
        Assert.All(json.GetProperty("files").EnumerateArray(), file => Assert.True(File.Exists(Path.Combine(_folder.Root, "set", file.GetProperty("path").GetString()!))));
        Assert.Contains("\n# no heading\n```", File.ReadAllText(Path.Combine(_folder.Root, "set/ATTRIBUTION.md")), StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Root, File.ReadAllText(Path.Combine(_folder.Root, "set/README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_ToFiles_StandsBesideItsAttribution()
    {
        Run("export", "--output", "a.jsonl", "--languages", "python,go").Expect(0, "Exported 2 of 5", "1 file");
        Run("export", "--output", "b.parquet", "--all", "--licences", "any").Expect(0, "Exported 5 of 5");
        Assert.Equal(["a.ATTRIBUTION.md", "a.jsonl", "a.jsonl.xcoder", "b.ATTRIBUTION.md", "b.parquet", "b.parquet.xcoder"], Directory.GetFiles(_folder.Root).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.Equal("PAR1"u8.ToArray(), File.ReadAllBytes(Path.Combine(_folder.Root, "b.parquet"))[..4]);
    }

    [Fact]
    public void Export_AsPreferences_SaysThatThereAreNone()
    {
        SampleRows.Store(Path.Combine(_folder.Root, "none"), [SampleRows.Make(1)]);
        Run("export", "--data-format", "dpo", "--workspace", "none", "--output", "set").Expect(0, "There are no preference pairs");
        Assert.False(Directory.Exists(Path.Combine(_folder.Root, "set")));
    }

    [Fact]
    public void Export_Preferences_AsDpoOrTheirBetterAnswersAsChat()
    {
        SampleRows.Store(Path.Combine(_folder.Root, "pairs"), [SampleRows.MakePreference(7), SampleRows.Make(8)]);
        var lines = Run("export", "--data-format", "dpo", "--workspace", "pairs").Expect(0, "Exported 2 of 2").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([("wrong7", 0.5, "execution"), ("f7", 0.25, "judge")], lines.Select(line =>
            (line.GetProperty("rejected")[0].GetProperty("content").GetString()!.Split(' ', '(')[1], line.GetProperty("margin").GetDouble(), line.GetProperty("basis").GetString()!)));
        Assert.All(lines, line => Assert.Equal(("Ds4", "verified"), (line.GetProperty("dataset").GetString(), line.GetProperty("status").GetString())));
        Assert.All(lines, line => Assert.Contains("right7", line.GetProperty("chosen")[0].GetProperty("content").GetString(), StringComparison.Ordinal));

        // The two pairs have one better answer.
        Assert.Contains("right7", Assert.Single(Run("export", "--dataset", "Ds4", "--workspace", "pairs").Expect(0, "Exported 1 of 4").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Run("export", "--data-format", "dpo", "--workspace", "pairs", "--output", "set", "--parquet").Expect(0, "Exported 2 of 2");
    }

    [Fact]
    public void Export_NothingLeft_SaysWhyAndWritesNothing() =>
        Assert.False(File.Exists(Path.Combine(_folder.Root, Run("export", "--output", "none.jsonl", "--dataset", "Ds1").Expect(0, "Exported 0 of 5", "data set not selected (--dataset)", "Nothing was written", "let more rows through").Output.Length > 0 ? "none.jsonl" : "")));

    [Theory]
    [InlineData("--parquet", "needs a place")]
    [InlineData("--parquet --output a.jsonl", "contradict")]
    [InlineData("--validation 0.1", "name a folder")]
    [InlineData("--validation 2 --output set", "0 to 0.5")]
    [InlineData("--shard-rows 0", "1 or more")]
    [InlineData("--verdict good", "choose from accept, revise, reject")]
    [InlineData("--dataset Ds9", "choose from mined, Ds1")]
    [InlineData("--task sing", "choose from translation")]
    [InlineData("--status good", "choose from verified")]
    [InlineData("--languages klingon", "There is no language")]
    [InlineData("--run 7", "There is no run '7'. There are: mined (1)")]
    [InlineData("--workspace empty", "Nothing was generated in")]
    public void Export_WrongUse_IsExplained(string arguments, string message) => Run(["export", .. arguments.Split(' ')]).Expect(2, message);

    [Fact]
    public void RunReport_OfTheNewestRun_IsWritten()
    {
        Run("export", "--run-report", "run.html").Expect(0, "Report of run 1");
        Assert.Contains("</html>", File.ReadAllText(Path.Combine(_folder.Root, "run.html")), StringComparison.Ordinal);
        Run("export", "--run-report", "run.json").Expect(0, "Report of run 1");
        Assert.StartsWith("{", File.ReadAllText(Path.Combine(_folder.Root, "run.json")), StringComparison.Ordinal);
    }

    private CliResult Run(params string[] arguments) => CliProcess.Run(_folder.Root, arguments);
}
