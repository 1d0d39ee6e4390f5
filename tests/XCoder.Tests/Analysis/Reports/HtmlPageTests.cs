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
            await page.SelectOptionAsync("#f-section", "similar in one language");
            Assert.Equal(["alike"], await Names(page));
            await page.SelectOptionAsync("#f-section", "");
            Assert.Contains("4 of 4 groups match", await page.TextContentAsync("#count"));
            await page.ClickAsync("#f-reset");
            Assert.Contains("3 of 4 groups match", await page.TextContentAsync("#count"));
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
        Assert.Contains("</script><script>window.hit=1</script><!--\\u2028\\u202E", await page.TextContentAsync(".diff"));
        Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
        Assert.Equal(0, await page.Locator("img").CountAsync());
    });

    [ChromiumFact]
    public Task Page_NarrowScreen_DoesNotScrollSideways() => OnPage(HtmlReportTests.Render(SampleReport.Make()), async page =>
    {
        await page.SetViewportSizeAsync(360, 800);
        await page.ClickAsync(".open >> nth=0");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
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
    public Task Page_TenThousandGroups_OpensSoon() => OnPage(HtmlReportTests.Render(LargeReport.Make(10_000), LargeReport.Code), async page =>
    {
        Assert.Equal(100, await page.Locator("#groups tbody tr").CountAsync());
        var milliseconds = await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventEnd");
        Assert.InRange(milliseconds, 0, 20_000);
        await page.FillAsync("#f-text", "component_7/");
        Assert.Contains("34 of 10,000 groups match", await page.TextContentAsync("#count"));
    });

    private static async Task<IReadOnlyList<string>> Names(IPage page) => await page.Locator("#groups td.name code").AllTextContentsAsync();

    private static Task OnPage(string html, Func<IPage, Task> test, bool script = true) => BrowserRun.On(html, test, script);
}
