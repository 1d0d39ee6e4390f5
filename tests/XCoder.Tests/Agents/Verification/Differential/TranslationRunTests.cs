using System.Text.Json;
using XCoder.Agents.Reports;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Differential;
using XCoder.Analysis.Text;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Agents.Generation;
using XCoder.Tests.Agents.Verification.Sandbox;
using XCoder.Tests.Cli;

namespace XCoder.Tests.Agents.Verification.Differential;

public class TranslationRunTests(AgentCorpus corpus, DifferentialFixture fixture) : IClassFixture<AgentCorpus>, IClassFixture<DifferentialFixture>
{
    private const string Source = "def double(n: int) -> int:\n    return n * 2";
    private const string Right = "def double(n)\n  n + n\nend", Wrong = "def double(n)\n  n * 3\nend", Leaning = "def double(n)\n  twice(n)\nend";

    private static readonly InstructionRow[] Rows = [Row(1, Right), Row(2, Wrong), Row(3, Leaning), Row(4, Right) with { Task = RowTask.Documentation }, SampleRows.Make(5)];

    [SandboxFact]
    public void Run_OverMinedRows_VerifiesRejectsAndLeavesThem()
    {
        using var store = GenerationStore.Open(corpus.NewWorkspace());
        Add(store);
        var summary = Compare(store, again: false);
        Assert.Equal((3, 0, new TranslationCount("python", "ruby", 1, 1, 1)), (summary.Compared, summary.Before, Assert.Single(summary.Pairs)));
        Assert.Equal([("leans on names that are not there", 1)], summary.Unknown.Select(pair => (pair.Key, pair.Value)));
        var rows = store.FindRows(Rows.Select(row => row.Id));
        Assert.Equal([RowStatus.Verified, RowStatus.Failed, RowStatus.ParsedOnly, RowStatus.ParsedOnly, RowStatus.ParsedOnly], rows.Select(row => row.Verification.Status));
        Assert.Equal([Verdict.Accept, Verdict.Reject, Verdict.Accept, Verdict.Accept, Verdict.Accept], rows.Select(row => row.Critique.Verdict));
        Assert.Matches(@"^differential: passed: \d+ of \d+ calls of 'double' gave the same value in python \(CPython\) and ruby \(Ruby\), \d+ different ones; ", rows[0].Verification.Evidence[^1].ToString());
        Assert.Matches(@"^differential: failed: double\(-?\d+\) gives -?\d+ in python, -?\d+ in ruby, the translation; ", rows[1].Verification.Evidence[^1].ToString());
        Assert.Matches("^differential: unknown: Target: NoMethodError", rows[2].Verification.Evidence[^1].ToString());
        Assert.Equal(rows[1].Id, Assert.Single(store.Rows(new RowSelection(Verdict: Verdict.Reject))).Id);
        Assert.Equal("wrong-value", new FaultSorter().KindOf(rows[1]));

        // Once only, unless asked for; and the same again.
        Assert.Equal((0, 3), (Compare(store, again: false) is var second ? (second.Compared, second.Before) : default));
        Compare(store, again: true);
        Assert.Equal(rows.Select(RowJson.Write), store.FindRows(Rows.Select(row => row.Id)).Select(RowJson.Write));
    }

    [SandboxFact]
    public void Verify_OverMinedRows_CountsThem()
    {
        var workspace = corpus.NewWorkspace();
        using (var store = GenerationStore.Open(workspace))
        {
            Add(store);
        }

        Run("verify").Expect(0, "3 were run beside their sources, 0 had been before", "Unknown: 1 rows: leans on names that are not there");
        var report = JsonDocument.Parse(Run("verify", "--format", "json").Expect(0).Output).RootElement.GetProperty("translations");
        Assert.Equal((0, 3), (report.GetProperty("compared").GetInt32(), report.GetProperty("before").GetInt32()));

        CliResult Run(params string[] arguments) => CliProcess.Run(corpus.Root, [.. arguments, "--workspace", workspace]);
    }

    [Theory]
    [InlineData("```python\na\n```\n\n```ruby\nb\n```", "ruby", "b")]
    [InlineData("Text\n\n````python\n```ruby\nno\n```\n````\n```ruby\nyes\n```", "ruby", "yes")]
    [InlineData("```ruby\nno end", "ruby", null)]
    [InlineData("no fence", "ruby", null)]
    public void Find_AFenceByItsTag_IsTheFirst(string text, string tag, string? expected) => Assert.Equal(expected, CodeFence.Find(text, tag));

    private TranslationSummary Compare(GenerationStore store, bool again)
    {
        var step = new TranslationStep(new TranslationGate(fixture.Tester), 2, again);
        new RowPass(store, [step]).RunAsync(null).GetAwaiter().GetResult();
        return step.Summary;
    }

    private static InstructionRow Row(int number, string target)
    {
        var row = SampleRows.Make(number, "python", "ruby") with { Instruction = $"Translate this, {number}.\n\n" + CodeFence.Around(Source, "python"), Response = CodeFence.Around(target, "ruby") };
        return row with { Id = RowId.Of(row) };
    }

    private static void Add(GenerationStore store) => store.AddRows(store.BeginRun("key", "mined", "{}", SampleRows.Time).Id, 0, Rows);
}
