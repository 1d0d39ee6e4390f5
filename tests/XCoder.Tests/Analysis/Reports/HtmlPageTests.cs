using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using Microsoft.Playwright;
using Xunit;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>The page in a browser.</summary>
public class HtmlPageTests
{
    [ChromiumFact]
    public Task Page_Groups_SortFilterAndOpen() => OnPage(HtmlReportTests.Render(SampleReport.Make()), async page =>
    {
        Assert.Equal(["数える", "read_all", "sum"], await Names(page));
        await page.ClickAsync("#groups th[data-key=members] button");
        Assert.Equal("sum", (await Names(page))[0]);
        Assert.Equal("descending", await page.GetAttributeAsync("#groups th[data-key=members]", "aria-sort"));
        await page.CheckAsync("#f-cross");
        Assert.Equal(["sum"], await Names(page));
        Assert.Contains("1 of 3 groups match", await page.TextContentAsync("#count"));

        await page.Locator(".open").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("true", await page.GetAttributeAsync(".open", "aria-expanded"));
        await page.CheckAsync(".members li:nth-child(3) input");
        await page.WaitForSelectorAsync(".diff td.old mark");
        Assert.True(await page.Locator(".diff td.old mark").CountAsync() > 0);
        Assert.True(await page.Locator(".diff td.new").CountAsync() > 0);
        await page.ClickAsync(".open");
        Assert.Equal(0, await page.Locator(".detail").CountAsync());
        await page.ClickAsync("#f-reset");
        await page.FillAsync("#f-text", "test_count");
        Assert.Equal(["数える"], await Names(page));
    });

    [ChromiumFact]
    public Task Page_HiddenSections_AreListedOnRequest()
    {
        var sample = SampleReport.Make();
        var similar = SampleReport.Group("00000000000000d1", DuplicateKind.Semantic, 0.8, SampleReport.Snippet(11, "app", "src/a.py", "python", "alike", 900), SampleReport.Snippet(12, "lib", "src/b.py", "python", "resembling", 900)) with { CrossLanguage = false };
        return OnPage(HtmlReportTests.Render(sample with { Groups = [.. sample.Groups, similar], Hidden = [DuplicateSection.Similar] }), async page =>
        {
            Assert.Contains("To remove: 2 copies in 2 groups", await page.TextContentAsync("#headline"));
            Assert.Contains("3 of 4 groups match", await page.TextContentAsync("#count"));
            Assert.DoesNotContain("alike", await Names(page));
            await page.SelectOptionAsync("#f-section", "similar");
            Assert.Equal(["alike"], await Names(page));
            await page.SelectOptionAsync("#f-section", "");
            Assert.Contains("4 of 4 groups match", await page.TextContentAsync("#count"));
            await page.ClickAsync("#f-reset");
            Assert.Contains("3 of 4 groups match", await page.TextContentAsync("#count"));
        });
    }

    [ChromiumFact]
    public Task Page_Filters_AreKeptInTheAddress() => OnPage(HtmlReportTests.Render(SampleReport.Make()), async page =>
    {
        await page.SelectOptionAsync("#f-tests", "production");
        Assert.Equal(["read_all", "sum"], (await Names(page)).Order());
        await page.SelectOptionAsync("#f-copies", "across");
        await page.SelectOptionAsync("#f-section", "remove");
        await page.ClickAsync("#groups th[data-key=name] button");
        await page.ClickAsync(".open >> nth=0");
        Assert.EndsWith("#section=remove&tests=production&copies=across&sort=name&group=00000000000000a1", page.Url);
        await page.SelectOptionAsync("#f-copies", "within");
        Assert.Empty(await Names(page));

        // A link of another reader: filters, order and group; the unknown is passed over.
        await page.EvaluateAsync("location.hash = '#tests=mixed&kind=none&sort=-similarity&__proto__=1'");
        await Assertions.Expect(page.Locator("#count")).ToContainTextAsync("1 of 3 groups match");
        Assert.Equal("descending", await page.GetAttributeAsync("#groups th[data-key=similarity]", "aria-sort"));
        Assert.Equal("", await page.InputValueAsync("#f-kind"));
        await page.EvaluateAsync("location.hash = '#group=00000000000000b1'"); // not among those shown
        await page.WaitForSelectorAsync("#detail-00000000000000b1");
        Assert.Equal("detail-00000000000000b1", await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-controls')"));
        Assert.Contains("3 of 3 groups match", await page.TextContentAsync("#count"));
        await page.EvaluateAsync("location.hash = '#group=<img>'");
        await Assertions.Expect(page.Locator("#count")).ToContainTextAsync("is not on the page");
        await page.ClickAsync("#f-reset");
        Assert.DoesNotContain("group=", page.Url, StringComparison.Ordinal);
    });

    [ChromiumFact]
    public Task Page_Places_LeadToTheRemoteAndTheReadersEditor()
    {
        var sample = SampleReport.Make();
        var ports = SampleReport.Group("00000000000000d1", DuplicateKind.Semantic, 0.8, SampleReport.Snippet(5, "app", "a #b/Sum.ts", "typescript", "sum", 900), SampleReport.Snippet(1, "lib", "lib/sum.py", "python", "add", 900));
        var coverage = sample.Coverage with { Repositories = [.. sample.Coverage.Repositories.Select(repository => repository with { Remote = $"git@github.com:me/{repository.Repository}.git", Commit = new string('a', 40) })] };
        return OnPage(HtmlReportTests.Render(sample with { Groups = [.. sample.Groups, ports], Coverage = coverage }), async page =>
        {
            await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
            await page.ClickAsync(".open >> nth=0");
            await page.WaitForSelectorAsync(".diff");
            Assert.Contains("lines are not compared", await page.TextContentAsync(".detail"));
            Assert.Equal(0, await page.Locator(".diff .old, .diff .new, .diff mark").CountAsync());
            Assert.Equal($"https://github.com/me/app/blob/{new string('a', 40)}/a%20%23b/Sum.ts#L50-L55", await page.GetAttributeAsync(".actions a >> nth=0", "href"));
            Assert.Equal("noopener noreferrer", await page.GetAttributeAsync(".actions a >> nth=0", "rel"));
            Assert.False(await page.IsVisibleAsync("a.aim >> nth=0"));

            await page.ClickAsync("#editor-settings summary");
            Assert.EndsWith("/{repository}", await page.InputValueAsync("#editor-folder"), StringComparison.Ordinal);
            await page.SelectOptionAsync("#editor", "vscode");
            await page.FillAsync("#editor-folder", "C:\\my code\\{repository}\\");
            Assert.Equal("vscode://file/C:/my%20code/app/a%20%23b/Sum.ts:50", await page.GetAttributeAsync("a.aim >> nth=0", "href"));
            await page.SelectOptionAsync("#editor", "idea");
            await page.FillAsync("#editor-folder", "/srv/{repository}");
            Assert.Equal("idea://open?file=%2Fsrv%2Flib%2Flib%2Fsum.py&line=10", await page.GetAttributeAsync("a.aim >> nth=1", "href"));
            await page.Keyboard.PressAsync("Escape");
            await page.ClickAsync(".actions button >> nth=0");
            await Assertions.Expect(page.Locator(".actions button >> nth=0")).ToHaveTextAsync("copied");
            Assert.Equal("a #b/Sum.ts:50", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));

            // A path with characters that do not show leads nowhere.
            await page.FillAsync("#f-text", "io.py");
            await page.ClickAsync(".open >> nth=0");
            Assert.Equal(0, await page.Locator(".members li:nth-child(2) a").CountAsync());
        });
    }

    [ChromiumFact]
    public Task Page_OtherTables_Sort() => OnPage(HtmlReportTests.Render(SampleReport.Make()), async page =>
    {
        await page.ClickAsync("#languages th:nth-child(5) button");
        await page.ClickAsync("#languages th:nth-child(5) button");
        Assert.Equal("typescript", await page.TextContentAsync("#languages tbody tr:first-child th"));
    });

    [ChromiumFact]
    public Task Page_Theme_Toggles() => OnPage(HtmlReportTests.Render(SampleReport.Make()), async page =>
    {
        Task<string> Background() => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        var light = await Background();
        await page.ClickAsync("#theme");
        Assert.Equal(light, await Background());
        await page.ClickAsync("#theme");
        Assert.NotEqual(light, await Background());
        Assert.Equal("Theme: dark", await page.TextContentAsync("#theme"));
    });

    [ChromiumFact]
    public Task Page_HostileText_IsShownAndDoesNotRun() => OnPage(HtmlReportTests.Render(SampleReport.Make()), async page =>
    {
        await page.FillAsync("#f-text", "io.py");
        await page.ClickAsync(".open");
        await page.WaitForSelectorAsync(".diff");
        Assert.Contains("</script><script>window.hit=1</script><!--\\u2028\\u202E", await page.TextContentAsync(".diff"));
        Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
        Assert.Equal(0, await page.Locator("img").CountAsync());
    });

    [ChromiumFact]
    public Task Page_NarrowScreen_DoesNotScrollSideways() => OnPage(HtmlReportTests.Render(SampleReport.Make()), async page =>
    {
        await page.SetViewportSizeAsync(360, 800);
        await page.ClickAsync(".open >> nth=0");
        await page.ClickAsync("#editor-settings summary");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));

        // Groups are blocks there, the code within them remains a table.
        await page.FillAsync("#f-text", "Sum.ts");
        await page.ClickAsync(".open >> nth=0");
        Assert.InRange((await page.Locator(".diff td.code >> nth=0").BoundingBoxAsync())!.Width, 200, 400);
    });

    [ChromiumFact]
    public Task Page_WithoutScript_ShowsTables() => OnPage(
        HtmlReportTests.Render(SampleReport.Make()),
        async page =>
        {
            Assert.Equal(3, await page.Locator("#groups tbody tr").CountAsync());
            Assert.False(await page.IsVisibleAsync("#filters"));
            Assert.False(await page.IsVisibleAsync("#theme"));
        },
        script: false);

    [ChromiumFact]
    public Task Page_ManyGroups_OpensSoon() => OnPage(HtmlReportTests.Render(LargeReport.Make(FullRun.IsWanted ? 10_000 : 1_000), LargeReport.Code), async page =>
    {
        Assert.Equal(100, await page.Locator("#groups tbody tr").CountAsync());
        var milliseconds = await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventEnd");
        Assert.InRange(milliseconds, 0, 20_000);
        await page.FillAsync("#f-text", "component_7/");
        Assert.Contains(FullRun.IsWanted ? "34 of 10,000 groups match" : "of 1,000 groups match", await page.TextContentAsync("#count"));
    });

    private static async Task<IReadOnlyList<string>> Names(IPage page) => await page.Locator("#groups td.name code").AllTextContentsAsync();

    private static Task OnPage(string html, Func<IPage, Task> test, bool script = true) => BrowserRun.On(html, test, script);
}
