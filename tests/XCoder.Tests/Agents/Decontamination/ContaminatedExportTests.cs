using XCoder.Agents.Export;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli;
using XCoder.Tests.Cli.Commands;

namespace XCoder.Tests.Agents.Decontamination;

/// <summary>What holds part of a benchmark is in no export, whatever its form, and no seed.</summary>
public class ContaminatedExportTests(MinedCorpus corpus) : IClassFixture<MinedCorpus>
{
    private const string Problem = "def weigh_oranges(crate, tolerance): return max((a + b for a, b in zip(crate[::2], crate[1::2]) if abs(a - b) < tolerance), default=None)";

    public static TheoryData<string, bool, string> Forms
    {
        get
        {
            var forms = new TheoryData<string, bool, string>();
            foreach (var format in ExportFormat.All.Where(format => !format.TakesPreferences).Select(format => format.Name))
            {
                forms.Add(format, false, "instruction");
                forms.Add(format, false, "response");
                forms.Add(format, true, "response");
                forms.Add(format, false, "tests");
                forms.Add(format, false, "independent");
                forms.Add(format, false, "candidate");
            }

            return forms;
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Export_PlantedRow_IsLeftOutAndCounted(string format, bool parquet, string part)
    {
        using var folder = new TemporaryFolder();
        var text = $"Some words first.\n```python\n{Problem}\n```\n";
        var row = SampleRows.Make(1);
        var planted = part switch { "instruction" => row with { Instruction = text }, "response" => row with { Response = text }, "tests" => row with { Tests = text }, "independent" => row with { IndependentTests = text }, _ => row with { Candidates = [new RowCandidate("fine"), new RowCandidate(text)] } };
        var options = ExportRun.Options(ExportFormat.Find(format), parquet);
        options = options with { Filter = options.Filter with { Verdicts = null, Benchmarks = FingerprintTests.DetectorOf(Problem) } };
        var summary = ExportRun.Folder(Path.Combine(folder.Root, "out"), [SampleRows.Make(2), planted, SampleRows.Make(3)], options);
        Assert.Equal((2, 1), (summary.Exported, summary.Dropped[DropReason.Contaminated]));
        Assert.All(Directory.EnumerateFiles(folder.Root, "*.jsonl", SearchOption.AllDirectories), file => Assert.DoesNotContain("weigh_oranges", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("chosen", 2, false)]
    [InlineData("rejected", 1, false)]
    [InlineData("chosen", 2, true)]
    [InlineData("rejected", 1, true)]
    public void Export_PlantedPreference_IsLeftOutAndCounted(string part, int answer, bool parquet)
    {
        using var folder = new TemporaryFolder();
        var row = SampleRows.MakePreference(1);
        var planted = row with { Candidates = [.. row.Candidates.Select((candidate, i) => i + 1 == answer ? candidate with { Response = $"```python\n{Problem}\n```" } : candidate)] };
        var options = ExportRun.Options(ExportFormat.Dpo, parquet);
        options = options with { Filter = options.Filter with { Benchmarks = FingerprintTests.DetectorOf(Problem) } };
        var summary = ExportRun.Folder(Path.Combine(folder.Root, part), [SampleRows.MakePreference(2), planted], options);

        // The one better answer stands in both pairs of its row, the worse one in one of them.
        var dropped = part == "chosen" ? 2 : 1;
        Assert.Equal((4 - dropped, dropped), (summary.Exported, summary.Dropped[DropReason.Contaminated]));
        Assert.All(Directory.EnumerateFiles(folder.Root, "*.jsonl", SearchOption.AllDirectories), file => Assert.DoesNotContain("weigh_oranges", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Export_RowMarkedBefore_IsLeftOutWithoutTheBenchmark()
    {
        var marked = SampleRows.Make(1) with { Contamination = new Contamination("own", "1", Contamination.Grams, "response", 1, 3) };
        Assert.Single(ExportRun.Lines([marked, SampleRows.Make(2)]));
        Assert.Equal(marked.Contamination, RowJson.Read(RowJson.Write(marked)).Contamination);
    }

    [Fact]
    public void Commands_WithABenchmark_KeepItOutOfSeedsRowsAndExports()
    {
        var code = File.ReadAllText(Directory.EnumerateFiles(Path.Combine(TestPaths.Tests, "corpora", "polyglot", "python")).First());
        File.WriteAllText(Path.Combine(corpus.Root, "own.txt"), code);
        corpus.Generate("ws").Expect(0, "Mined:");
        int Python() => CliProcess.Run(corpus.Root, "export", "--workspace", "ws", "--licences", "any", "--data-format", "pairs", "--quiet").Expect(0).Output.Split('\n').Count(line => line.Contains("\"path\":\"python/text.py", StringComparison.Ordinal));
        Assert.NotEqual(0, Python());

        // An export with it; a run with it, which is another run; the mark, which needs it no more.
        CliProcess.Run(corpus.Root, "export", "--workspace", "ws", "--licences", "any", "--benchmark", "own.txt", "--data-format", "chat", "--output", "clean").Expect(0, "holds part of a benchmark");
        corpus.Generate("ws", "--benchmark", "own.txt").Expect(0, "with parts of benchmarks");
        Assert.Contains("\"path\":\"python/text.py\"", Seeds(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"path\":\"python/text.py\"", Seeds("--benchmark", "own.txt"), StringComparison.Ordinal);
        Assert.Contains("\"language\":\"go\"", Seeds("--benchmark", "own.txt"), StringComparison.Ordinal);
        CliProcess.Run(corpus.Root, "decontaminate", "--workspace", "ws", "--benchmark", "own.txt").Expect(0, "hold parts of benchmarks", "of own.txt");
        Assert.Equal(0, Python());
        using var store = GenerationStore.Open(Path.Combine(corpus.Root, "ws"));
        Assert.Contains(store.Rows(), row => row.Contamination?.Benchmark == "own.txt" && row.Critique.Verdict == Verdict.Reject);

        string Seeds(params string[] options) => CliProcess.Run(corpus.Root, ["seeds", "--workspace", "ws", "--device", "cpu", "--count", "1000", "--format", "jsonl", .. options]).Expect(0).Output;
    }

    [Fact]
    public void Decontaminate_MakeAndCheck_FindsWhatItWasMadeFrom()
    {
        using var folder = new TemporaryFolder();
        folder.Write("own.jsonl", System.Text.Json.JsonSerializer.Serialize(new { task_id = "o/1", prompt = Problem }) + "\n");
        folder.Write("rows.jsonl", System.Text.Json.JsonSerializer.Serialize(new { id = "bad", messages = new[] { new { role = "user", content = "Do it. " + Problem } } }) + "\n{\"id\": \"good\", \"messages\": []}\n");
        CliProcess.Run(folder.Root, "decontaminate", "--make", "own", "--from", "own.jsonl", "--output", "own.fingerprint").Expect(0);
        CliProcess.Run(folder.Root, "decontaminate", "--check", "rows.jsonl", "--benchmark", "own.fingerprint").Expect(0, "1 of 2 records", "bad: It shares", "problem o/1 of own");
        CliProcess.Run(folder.Root, "decontaminate", "--check", "rows.jsonl", "--benchmark", "none.jsonl").Expect(2, "does not exist");
    }
}
