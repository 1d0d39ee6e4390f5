using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Agents.Reports;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Text;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Analysis.Reports;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Reports;

/// <summary>What a run made, counted and on a page.</summary>
public class RunReportTests
{
    private static readonly RunUsage Usage = new(12, 3400, 560, 0.25);

    [Fact]
    public void Of_ARun_CountsItsRows()
    {
        var report = Report([SampleRows.Make(1), SampleRows.Make(2, verdict: Verdict.Reject), SampleRows.Make(3, "go", "python"), SampleRows.MakeHostile()]);

        Assert.Equal((4, 1), (report.Rows, report.Revised));
        Assert.Equal((3, 1), (report.Verdicts["accept"], report.Verdicts["reject"]));
        Assert.Equal([new PairTotal("python", "go", 2, 1, null)], report.Pairs.Where(pair => pair.Source == "python"));
        Assert.Equal(7.25, report.Pairs.Single(pair => pair.Target == "rust").MeanTotal);
        Assert.Equal(("clarity", 8.5, 1L), (report.Scores[0].Criterion, report.Scores[0].Mean, report.Scores[0].Histogram[8]));
        Assert.Equal([KeyValuePair.Create("does not parse", 1L)], report.Faults);
        Assert.Equal(4, report.Samples.Count);
    }

    [Fact]
    public void Of_ARunByAgents_CountsWhatWasLost()
    {
        using var folder = new TemporaryFolder();
        using var store = GenerationStore.Open(folder.Root);
        var run = store.BeginRun("key", "agents", "{}", SampleRows.Time);
        var row = SampleRows.Make(1);
        EpochItem Item(string outcome, string? reason) => new("Ds1", "seed1", "python", "go", null, outcome, reason, null, 0);
        store.EndEpoch(run.Id, 0, [Item("accept", null), Item("lost", "refused"), Item("lost", "refused"), Item("lost", "empty")], [row], [], [], [], SampleRows.Time);

        var report = RunReport.Of(store, run);
        Assert.Equal([("empty", 1L), ("refused", 2L)], report.Lost.Select(lost => (lost.Key, lost.Value)).Order());
        Assert.Null(report.Usage);
        Assert.Equal(1, report.Rows);
    }

    [Fact]
    public void Write_ARunThatGoesOn_IsNotFinishedUntilItEnds()
    {
        using var folder = new TemporaryFolder();
        SampleRows.Store(folder.Root, [SampleRows.Make(1), SampleRows.Make(2) with { Verification = new RowVerification(RowStatus.Verified, []) }]);
        using var store = GenerationStore.Open(folder.Root);
        Assert.Contains("finished <time", Page(store.Runs()[0]), StringComparison.Ordinal);
        Assert.Contains("<dt>Verified</dt><dd class=\"big\">1</dd><dd>50.0 % of the rows</dd>", Page(store.Runs()[0]), StringComparison.Ordinal);
        Assert.Contains("not finished", Page(store.BeginRun("key", "mined", "{}", SampleRows.Time)), StringComparison.Ordinal);

        string Page(StoredRun run)
        {
            using var writer = new StringWriter();
            RunReportHtml.Write(writer, RunReport.Of(store, run));
            return writer.ToString();
        }
    }

    [Fact]
    public void Of_ARun_SortsItsFailuresByPair()
    {
        var failed = new RowVerification(RowStatus.Failed, [new GateEvidence(GateNames.Parse, GateOutcome.Failed, GateReason.SyntaxError, Detail: "The parser finds a syntax error.")]);
        var report = Report([SampleRows.Make(1, "go", "go") with { Verification = failed }, SampleRows.Make(2, "python", "go") with { Verification = failed }, SampleRows.Make(3), SampleRows.Make(4, "lua", "go"), SampleRows.Make(5) with { Id = "odd", Verification = failed with { Evidence = [new GateEvidence(GateNames.Note, GateOutcome.Unknown, Detail: "nothing known")] } }]);

        Assert.Equal([("python", "go", 3L, 2L), ("go", "go", 1L, 1L)], report.Failures.Pairs.Select(pair => (pair.Source, pair.Target, pair.Rows, pair.Failures)));
        Assert.Equal([("compile", 1L), ("unsorted", 1L)], report.Failures.Pairs[0].Kinds.Select(kind => (kind.Key, kind.Value)));
        Assert.Equal("unsorted", report.Failures.Kinds[^1].Id);
    }

    [Fact]
    public void WriteJson_ARun_HoldsSynergyAndFailures()
    {
        var failed = new RowVerification(RowStatus.Failed, [new GateEvidence(GateNames.Parse, GateOutcome.Failed, GateReason.SyntaxError, Detail: "The parser finds a syntax error.")]);
        using var stream = new MemoryStream();
        RunReportJson.Write(stream, Report([.. SynergyTests.Shown("python", 20, 20), .. SynergyTests.HeldOut(25, 0), .. SynergyTests.Shown("rust", 3, 3).Select(row => row with { Id = row.Id + "r" }), SampleRows.Make(2, "python", "go") with { Verification = failed }]));
        using var json = JsonDocument.Parse(stream.ToArray());
        var synergy = json.RootElement.GetProperty("synergy");
        var cells = synergy.GetProperty("cells");
        Assert.False(synergy.GetProperty("isExecuted").GetBoolean());
        Assert.Equal((1.0, 20, 25), (cells[0].GetProperty("synergy").GetDouble(), cells[0].GetProperty("rows").GetInt32(), cells[0].GetProperty("heldOut").GetInt32()));
        Assert.False(cells[1].TryGetProperty("synergy", out _));
        Assert.False(cells[1].GetProperty("isKnown").GetBoolean());
        Assert.InRange(cells[1].GetProperty("interval").GetProperty("low").GetDouble(), 0.1, 0.99);
        Assert.Equal(1, json.RootElement.GetProperty("failures").GetProperty("pairs")[0].GetProperty("kinds").GetProperty("compile").GetInt32());
        Assert.Equal("</script>", json.RootElement.GetProperty("run").GetProperty("options").GetProperty("note").GetString());
    }

    [Fact]
    public void Write_Synergy_ShowsKnownUnknownAndTheMark()
    {
        var page = Html([.. SynergyTests.Shown("python", 20, 14), .. SynergyTests.HeldOut(25, 10), .. SynergyTests.Shown("<b>", 3, 3).Select(row => row with { Id = row.Id + "r" })]);
        Assert.Contains("<td class=\"n up\" data-v=\"0.3\">+0.30<small>+0.01 to +0.53</small><small>n 20, 25</small>", page);
        Assert.Contains("<th scope=\"row\">&lt;b&gt;</th><td class=\"n\" data-v=\"0\">unknown<small>", page);
        Assert.Contains("counts as good if the critique accepts it", page);
        Assert.Contains("0.40<small>0.23 to 0.59</small><small>n 25</small>", page);
    }

    [Fact]
    public void Of_ManyRows_ShowsEveryPairAndTheSameSamples()
    {
        var rows = Enumerable.Range(0, 300).Select(i => SampleRows.Make(i)).Append(SampleRows.Make(1, "lua", "zig")).ToList();
        var (forwards, backwards) = (Report(rows), Report([.. Enumerable.Reverse(rows)]));

        Assert.Equal(200, forwards.Samples.Count);
        Assert.Contains(forwards.Samples, row => row.TargetLanguage == "zig");
        Assert.Equal(forwards.Samples.Select(row => row.Id), backwards.Samples.Select(row => row.Id));
    }

    [Theory]
    [InlineData("a\n```go\nx\n```\nb", "a||x*||b")]
    [InlineData("````\n```\n````", "||```*||")]
    [InlineData("```\nopen", "||open*")]
    [InlineData("~~~ py\nx\n```\n~~~", "||x\n```*||")]
    [InlineData("```in `line` ```", "```in `line` ```")]
    public void Split_Fences_GivesTheCode(string text, string parts) =>
        Assert.Equal(parts, string.Join("||", CodeFence.Parts(text).Select(part => part.Text + (part.IsCode ? "*" : ""))));

    [Fact]
    public void Write_Page_IsTheApprovedOne() =>
        Snapshot.Matches(Regex.Replace(Html([SampleRows.Make(1), SampleRows.Make(2, verdict: Verdict.Reject), SampleRows.MakeHostile()]), "sha256-[^']*|(?<=<style>).*?(?=</style>)|(?<=<script>).*?(?=</script>)", "…", RegexOptions.Singleline), "run-report.html");

    [Fact]
    public void Write_HostileText_IsEscaped()
    {
        var page = Html([SampleRows.MakeHostile()]);
        Assert.DoesNotContain("<script>window", page);
        Assert.DoesNotContain("<b>", page);
        Assert.DoesNotContain(page, character => character is '\u202E' or '\u2028' or '\e' or '\u0007');
        Assert.Single(Regex.Matches(page, "</script>"));
        Assert.DoesNotContain("href=\"javascript", page);
        Assert.DoesNotContain(" style=\"", page);
    }

    [Fact]
    public void Write_HugeRow_IsCut() =>
        Assert.InRange(Html([SampleRows.Make(1) with { Response = new string('x', 5_000_000) }]).Length, 10_000, 100_000);

    [ChromiumFact]
    public Task Page_Samples_OpenAndFilter() => BrowserRun.On(Html([SampleRows.Make(1), SampleRows.Make(2, verdict: Verdict.Reject), SampleRows.MakeHostile()]), async page =>
    {
        Assert.Contains("3 of 3 samples match", await page.TextContentAsync("#count"));
        await page.SelectOptionAsync("#f-verdict", "reject");
        Assert.Contains("1 of 3 samples match", await page.TextContentAsync("#count"));
        await page.ClickAsync("#f-reset");
        await page.FillAsync("#f-text", "drop table");
        Assert.Equal(1, await page.Locator("details.sample:visible").CountAsync());
        await page.ClickAsync("details.sample:visible > summary");
        Assert.Contains("</script><script>window.hit=1</script>", await page.TextContentAsync("details.sample[open] pre.code"));
        Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
    });

    [ChromiumFact]
    public Task Page_NarrowScreen_DoesNotScrollSideways() => BrowserRun.On(Html([SampleRows.Make(1), SampleRows.MakeHostile()]), async page =>
    {
        await page.SetViewportSizeAsync(360, 800);
        await page.ClickAsync("details.sample > summary >> nth=0");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    });

    [ChromiumFact]
    public Task Page_WithoutScript_ShowsSamples() => BrowserRun.On(
        Html([SampleRows.Make(1)]),
        async page =>
        {
            Assert.Equal(1, await page.Locator("details.sample").CountAsync());
            Assert.False(await page.IsVisibleAsync("#filters"));
        },
        script: false);

    private static RunReport Report(IReadOnlyList<InstructionRow> rows)
    {
        using var folder = new TemporaryFolder();
        SampleRows.Store(folder.Root, rows, "{\"note\":\"</script>\"}");
        using var store = GenerationStore.Open(folder.Root);
        return RunReport.Of(store, store.Runs().Single());
    }

    private static string Html(IReadOnlyList<InstructionRow> rows)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        RunReportHtml.Write(writer, Report(rows) with { Usage = Usage, Lost = new Dictionary<string, long> { ["refused"] = 3 } });
        return writer.ToString();
    }
}
