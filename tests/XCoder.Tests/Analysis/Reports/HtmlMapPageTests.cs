using System.Text.RegularExpressions;
using Microsoft.Playwright;
using XCoder.Analysis.Concepts;
using Xunit;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>The heat map and the map in a browser.</summary>
public class HtmlMapPageTests
{
    // What .ci/full tries whole.
    private static readonly int Points = FullRun.IsWanted ? 50_000 : 6_000, Concepts = FullRun.IsWanted ? 5_000 : 800;

    private const string Loaded = "performance.getEntriesByType('navigation')[0].loadEventEnd";

    [ChromiumFact]
    public Task Matrix_Cells_OpenOnTheirCode() => BrowserRun.On(HtmlReportTests.Render(SampleMap.Make()), async page =>
    {
        Assert.Equal(["sum values", SampleMap.HostileLabel, "read file"], await Labels(page));
        await page.ClickAsync("#matrix td.h4 >> nth=0");
        Assert.Contains("typescript: 9 functions, 2 documented, 1 tested", await page.TextContentAsync(".panel"));
        await page.WaitForSelectorAsync(".panel pre");
        Assert.Contains("let result = 0;", await page.TextContentAsync(".panel pre"));
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".panel pre", new() { HasText = "function add(items)" })).ToBeVisibleAsync();
        Assert.Contains("function add(items)", string.Concat(await page.Locator(".panel pre").AllTextContentsAsync()));
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await page.Locator(".panel").CountAsync());
    });

    [ChromiumFact]
    public Task Matrix_HostileText_IsShownAndDoesNotRun() => BrowserRun.On(HtmlReportTests.Render(SampleMap.Make()), async page =>
    {
        await page.FillAsync("#matrix-search", "onerror");
        await page.ClickAsync("#matrix tbody th");
        await Assertions.Expect(page.Locator(".panel")).ToContainTextAsync("window.hit=1");
        Assert.Contains("</script><script>window.hit=1</script>", await page.TextContentAsync(".panel"));
        await page.FocusAsync("#map-canvas");
        await page.FillAsync("#map-search", "script");
        await Assertions.Expect(page.Locator("#map-count")).ToHaveTextAsync("1 of 9 points match", new() { Timeout = 20_000 });
        await page.FocusAsync("#map-canvas");
        await page.Keyboard.PressAsync("Enter");
        Assert.Contains("</script><script>window.hit=1</script>", await page.TextContentAsync("#map-open"));
        Assert.Contains(SampleMap.HostileLabel, await page.TextContentAsync("#map-open"));
        Assert.False(await page.EvaluateAsync<bool>("'hit' in window"));
        Assert.Equal(0, await page.Locator("img").CountAsync());
    });

    [ChromiumFact]
    public Task Matrix_ManyConcepts_SortFilterAndScroll() => BrowserRun.On(HtmlReportTests.Render(SampleMap.Concepts(Concepts)), async page =>
    {
        Assert.InRange(await page.EvaluateAsync<double>(Loaded), 0, 20_000);
        Assert.InRange(await page.Locator("#matrix tr[data-row]").CountAsync(), 10, 100);
        await page.ClickAsync("#matrix th:nth-child(1) button");
        await page.ClickAsync("#matrix th:nth-child(1) button");
        Assert.Equal($"concept {Concepts - 1}", (await Labels(page))[0]);
        await page.ClickAsync("#matrix tr[data-row='2'] th");
        await page.EvaluateAsync("document.querySelector('.matrix-frame').scrollTop = 1e9");
        await page.WaitForSelectorAsync($"#matrix tr[data-row='{Concepts - 1}']");
        Assert.Equal("concept 0", (await Labels(page))[^1]);
        Assert.InRange(await page.Locator("#matrix tr[data-row]").CountAsync(), 10, 100);
        await page.FillAsync("#matrix-search", "concept 49");
        await page.SelectOptionAsync("#matrix-missing", "0");
        Assert.Matches($@"^\d+ of {Concepts:N0} concepts match$", await page.TextContentAsync("#matrix-count"));
        await page.SelectOptionAsync("#matrix-size", "z0");
        Assert.InRange(await page.EvaluateAsync<double>("document.querySelector('#matrix tr[data-row]').offsetHeight"), 10, 18);
    });

    [ChromiumFact]
    public Task Matrix_ArrowKeys_ReachRowsOutOfView() => BrowserRun.On(HtmlReportTests.Render(SampleMap.Concepts(100)), async page =>
    {
        await page.ClickAsync("#matrix tr[data-row='0'] th");
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        Assert.Equal("40", await page.EvaluateAsync<string>("document.activeElement.parentElement.dataset.row"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Contains("concept 40", await page.TextContentAsync(".panel"));
    });

    [ChromiumFact]
    public Task Map_ManyPoints_OpensSoonAndAnswers() => BrowserRun.On(HtmlReportTests.Render(SampleMap.Points(Points), LargeReport.Code), async page =>
    {
        Assert.InRange(await page.EvaluateAsync<double>(Loaded), 0, 20_000);
        Assert.Equal($"{Points:N0} points", await page.TextContentAsync("#map-count"));
        await page.FillAsync("#map-search", "component_7/");
        await Assertions.Expect(page.Locator("#map-count")).ToHaveTextAsync($"{(Points + 292) / 300:N0} of {Points:N0} points match", new() { Timeout = 20_000 });
        await page.ClickAsync(".map-legend button >> nth=0");
        Assert.Equal("false", await page.GetAttributeAsync(".map-legend button >> nth=0", "aria-pressed"));
        await page.FocusAsync("#map-canvas");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("0");
        await page.Keyboard.PressAsync("Enter");
        Assert.Contains("component_7/", await page.TextContentAsync("#map-open"));
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("", await page.TextContentAsync("#map-open"));
    });

    [ChromiumFact]
    public Task Map_Regions_AreNamedAndFillTheCanvas()
    {
        var points = Enumerable.Range(0, 60).Select(i => new MapPoint(SampleReport.Snippet(i + 1, "app", $"src/{i}.py", "python", i % 2 == 0 ? $"readFile{i}" : $"send_mail_{i}", 30), (i % 2 * 90) + (i % 7), i % 5));
        return BrowserRun.On(HtmlReportTests.Render(SampleMap.Make() with { Map = new MapData { Points = [.. points], All = 60 } }), async page =>
        {
            await page.Locator("#map-canvas").ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(page.Locator("#map-canvas")).ToHaveAttributeAsync("aria-description", new Regex("^Regions in view: .*(read file|file read|send mail|mail send)"));

            // The points are spread over all of the canvas, although they were forty times as wide as high.
            var box = await page.Locator("#map-canvas").BoundingBoxAsync() ?? throw new InvalidOperationException("There is no map.");
            foreach (var (x, y) in ((double, double)[])[(0.04, 0.04), (0.96, 0.96)])
            {
                await page.Mouse.MoveAsync(box.X + (float)(box.Width * x), box.Y + (float)(box.Height * y));
                Assert.True(await page.IsVisibleAsync(".map-tip"), $"no point near {x}, {y}");
            }
        });
    }

    [ChromiumFact]
    public Task Map_Pointer_ShowsAndKeepsAPoint() => BrowserRun.On(HtmlReportTests.Render(SampleMap.Make()), async page =>
    {
        var box = await page.Locator("#map-canvas").BoundingBoxAsync() ?? throw new InvalidOperationException("There is no map.");
        await page.Locator("#map-canvas").ScrollIntoViewIfNeededAsync();
        box = await page.Locator("#map-canvas").BoundingBoxAsync() ?? box;
        await page.SelectOptionAsync("#map-colour", "concept");

        // The points are a grid of three by three; one lies in the middle.
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        Assert.True(await page.IsVisibleAsync(".map-tip"));
        await page.Mouse.DownAsync();
        await page.Mouse.UpAsync();
        Assert.Contains("concept: sum values", await page.TextContentAsync("#map-open"));
        Assert.False(await page.IsVisibleAsync(".map-tip"));
        await page.SetViewportSizeAsync(360, 800);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
    });

    private static async Task<IReadOnlyList<string>> Labels(IPage page) => await page.Locator("#matrix tbody th strong").AllTextContentsAsync();
}
