using System.Text.Json;
using System.Text.RegularExpressions;

namespace XCoder.Tests.Cli.Commands;

public class GenerateTests(MinedCorpus corpus) : IClassFixture<MinedCorpus>
{
    [Fact]
    public void Mined_OfAPolyglotLibrary_FindsTwinsAndNoNearMisses()
    {
        var rows = Rows(corpus.Generate("ws", "--tasks", "translation", "--format", "jsonl").Expect(0));
        var names = rows.Select(row => Names(row)).ToList();

        Assert.NotEmpty(rows);
        Assert.All(names, name => Assert.Matches("^(parseduration|encoderuns|checksum)$", name));
        Assert.Equal(3, names.Distinct().Count());
        Assert.All(rows, row => Assert.Equal(2, row.GetProperty("lineage").GetArrayLength()));
        Assert.All(rows, row => Assert.Equal("MIT", row.GetProperty("licence").GetString()));
        Assert.All(rows, row => Assert.Contains($"```{row.GetProperty("targetLanguage").GetString()}\n", row.GetProperty("response").GetString()));
    }

    [Fact]
    public void Mined_AskedForTestTranslations_PairsTestsThatCheckTheSame()
    {
        var rows = Rows(corpus.Generate("ws", "--tasks", "test-translation", "--precision", "0.8", "--format", "jsonl").Expect(0));

        Assert.All(rows, row => Assert.Equal("test translation", row.GetProperty("task").GetString()));
        Assert.Equal(["testChecksumGrowsWithEachByte", "testChecksumOfKnownBytes", "testParseDurationOfEachUnit", "testParseDurationOfNothingFails"], rows.Where(row => row.GetProperty("targetLanguage").GetString() == "java")
            .Select(row => Regex.Match(row.GetProperty("response").GetString()!, @"void (\w+)\(").Groups[1].Value).Order());
        Assert.All(rows, row => Assert.Contains("test", row.GetProperty("instruction").GetString()!.Split("```")[0] + row.GetProperty("instruction").GetString()!.Split("```")[^1]));
    }

    [Fact]
    public void Mined_FunctionsThatTwinTestsCall_SayHowManyDo()
    {
        var rows = Rows(corpus.Generate("ws", "--tasks", "translation", "--languages", "python,java", "--format", "jsonl").Expect(0));
        var vouched = rows.Where(row => Names(row) == "checksum").ToList();

        Assert.NotEmpty(vouched);
        Assert.All(vouched, row => Assert.InRange(row.GetProperty("pair").GetProperty("signals").GetProperty("tests").GetDouble(), 0.69, 0.7));
    }

    [Fact]
    public void Mined_AskedForDocumentation_LeavesItOutOfTheCode()
    {
        var rows = Rows(corpus.Generate("ws", "--tasks", "documentation,implementation,completion", "--languages", "python", "--format", "jsonl").Expect(0));
        var documentation = rows.First(row => row.GetProperty("task").GetString() == "documentation" && row.GetProperty("response").GetString()!.Contains("duration"));

        Assert.DoesNotContain("\"\"\"", documentation.GetProperty("instruction").GetString());
        Assert.Equal("Parses a duration like 90s, 5m or 2h into a number of seconds.", documentation.GetProperty("response").GetString());
        Assert.All(rows.Where(row => row.GetProperty("task").GetString() != "documentation"), row => Assert.DoesNotContain("\"\"\"", row.GetProperty("response").GetString()));
    }

    [Fact]
    public void Mined_HostileContent_StaysContent()
    {
        var rows = Rows(corpus.Generate("ws", "--repository", "hostile", "--format", "jsonl").Expect(0));
        var row = rows.First(row => row.GetProperty("task").GetString() == "implementation");

        Assert.Equal("new\nline.py", row.GetProperty("lineage")[0].GetProperty("path").GetString());
        Assert.Contains("{{secrets}}", row.GetProperty("instruction").GetString());
        Assert.StartsWith("`````python\n", row.GetProperty("response").GetString());
        Assert.DoesNotContain(rows, row => row.GetRawText().Contains("paint_screen"));
    }

    [Fact]
    public void Mined_Again_GivesTheSameRowsAndAddsNone()
    {
        corpus.Copy("again");
        var some = corpus.Generate("again", "--count", "7", "--format", "jsonl").Expect(0);
        var all = corpus.Generate("again", "--format", "jsonl").Expect(0);
        var once = corpus.Generate("again", "--format", "jsonl").Expect(0, "(0 new)");

        Assert.Equal(all.Output, once.Output);
        Assert.Equal(7, Rows(some).Count);
        Assert.StartsWith(some.Output, all.Output);
        Assert.Equal(Ids(all).Count, Ids(all).Distinct().Count());
    }

    [Fact]
    public void Mined_KilledOnTheWay_IsCompletedByTheNextRun()
    {
        corpus.Index("killed", threads: 1).Expect(0);
        var expected = Ids(corpus.Generate("ws", "--format", "jsonl").Expect(0));
        for (var i = 0; i < 3; i++)
        {
            using var process = CliProcess.Start(corpus.Root, null, "generate", "--mined", "--workspace", "killed", "--device", "cpu");
            process.HasWorked(TimeSpan.FromMilliseconds(300 * (i + 1)));
            process.Signal(9);
            process.Wait();
        }

        Assert.Equal(expected, Ids(corpus.Generate("killed", "--format", "jsonl").Expect(0)));
    }

    [Fact]
    public void Mined_InText_IsAsApproved()
    {
        corpus.Copy("text");
        var text = corpus.Generate("text", "--languages", "python,go").Expect(0).Output;
        Snapshot.Matches(Regex.Replace(text, @"\d+\.\d+", "#"), "mined-summary.txt");
    }

    [Fact]
    public void Help_OfGenerate_IsAsApproved() =>
        Snapshot.Matches(Regex.Replace(CliProcess.Run(corpus.Root, "generate", "--help").Expect(0).Output, @"(--threads .*default: )\d+", "$1#"), "generate-help.txt");

    [Theory]
    [InlineData("--tasks", "poetry", "There is no task 'poetry'")]
    [InlineData("--tasks", "instruction", "There is no task 'instruction'; choose translation, implementation, documentation, completion, port, test translation")]
    [InlineData("--languages", "klingon", "There is no language 'klingon'")]
    [InlineData("--pairs", "python", "not of the form")]
    [InlineData("--count", "0", "--count must be 1 or more")]
    public void Mined_WrongOption_SaysWhatIsWrong(string option, string value, string message) => corpus.Generate("ws", option, value).Expect(2, message);

    private static List<JsonElement> Rows(CliResult result) => [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static List<string> Ids(CliResult result) => [.. Rows(result).Select(row => row.GetProperty("id").GetString()!)];

    private static string Names(JsonElement row) => Regex.Match(row.GetProperty("response").GetString()!, @"(?:def|func|function|int|long|int\[\]>)\s+(\w+)\(").Groups[1].Value.Replace("_", "").ToLowerInvariant();
}
