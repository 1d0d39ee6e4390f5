using Microsoft.Playwright;
using XCoder.Tests.Analysis.Reports;

namespace XCoder.Tests.Server;

/// <summary>The explorer's pages in a browser.</summary>
public sealed class ServePageTests(ServeCorpus corpus) : IClassFixture<ServeCorpus>
{
    private static readonly ViewportSize Phone = new() { Width = 390, Height = 844 };

    private Task OnSite(Func<IPage, Task> test, BrowserNewContextOptions? options = null) => BrowserRun.OnSite(corpus.Server.Address, test, options);

    [ChromiumFact]
    public Task FromTheStart_ToTheFirstRemovableDuplicate_AreTwoClicks() => OnSite(async page =>
    {
        await page.ClickAsync("text=See which copies can be removed");
        await Assertions.Expect(page.Locator("#headline")).ToContainTextAsync("To remove: ");
        await page.ClickAsync("td.name a >> nth=0");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("can be removed");
        await page.WaitForSelectorAsync(".diff");
        var first = await page.TextContentAsync(".members-of li:nth-child(2)");
        Assert.Contains("compared above", first, StringComparison.Ordinal);
    });

    [ChromiumFact]
    public Task Group_OfRenamedCopies_MarksTheNames() => OnSite(async page =>
    {
        await page.GotoAsync(corpus.Server.Address + "duplicates?kind=renamed");
        await page.ClickAsync("td.name a >> nth=0");
        await page.Locator(".members-of li", new() { HasText = "renamed.py" }).Locator("a.aside").ClickAsync();
        await page.WaitForSelectorAsync(".diff td.old mark");
        Assert.True(await page.Locator(".diff td.new mark").CountAsync() > 0);
        Assert.Contains("lines differ", await page.TextContentAsync("#compare .facts"), StringComparison.Ordinal);
    });

    [ChromiumFact]
    public Task Search_AsYouType_FollowsTheKeyboard() => OnSite(async page =>
    {
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("parse an iso date");
        var first = page.Locator(".hits li >> nth=0");
        await Assertions.Expect(first).ToContainTextAsync("parse");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=parse"));
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(first.Locator("a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1 code")).ToContainTextAsync("arse");
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("#q")).ToHaveValueAsync("parse an iso date");
        await page.Keyboard.PressAsync("Tab");
        await page.Locator("body").ClickAsync(new() { Position = new() { X = 2, Y = 2 } });
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#q")).ToBeFocusedAsync();
    });

    [ChromiumFact]
    public Task Search_TakesCodePlacesAndFilters() => OnSite(async page =>
    {
        var results = page.Locator("#results");
        await page.FillAsync("#q", "def tally(things, most):\n" + McpCorpus.Body.Replace("values", "things", StringComparison.Ordinal).Replace("limit", "most", StringComparison.Ordinal));
        await Assertions.Expect(results).ToContainTextAsync("python code");
        await Assertions.Expect(results).ToContainTextAsync("renamed copy");
        await page.FillAsync("#q", "shop/a.py:17");
        await Assertions.Expect(results).ToContainTextAsync("1 result at this place");
        await Assertions.Expect(results).ToContainTextAsync("parse_iso_date");
        await page.FillAsync("#q", "date");
        await page.SelectOptionAsync("select[name=language]", "javascript");
        await Assertions.Expect(results).ToContainTextAsync("parseIsoDate");
        await Assertions.Expect(results).Not.ToContainTextAsync("python");
        await page.SelectOptionAsync("select[name=repository]", "shop");
        await Assertions.Expect(results).ToContainTextAsync("Nothing was found");
    });

    [ChromiumFact]
    public Task Snippet_ShowsWhatIsKnownOfIt() => OnSite(async page =>
    {
        await page.GotoAsync(corpus.Server.Address + (await corpus.FirstAsync("shop/a.py:17"))[1..]);
        Assert.Contains("Parses an ISO date", await page.TextContentAsync(".doc"), StringComparison.Ordinal);
        Assert.Contains("def", await page.Locator(".code .tk").AllTextContentsAsync());
        Assert.Contains("splits it at the dashes", string.Concat(await page.Locator(".code .tc").AllTextContentsAsync()), StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#neighbours")).ToContainTextAsync("parseIsoDate");
        await page.GotoAsync(corpus.Server.Address + (await corpus.FirstAsync("shop/a.py:1"))[1..]);
        await Assertions.Expect(page.Locator("#calls")).ToContainTextAsync("report");
        await page.ClickAsync("#duplicates a >> nth=0");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("copies of");
    });

    [ChromiumFact]
    public Task Pages_WithoutScripts_LeadToTheDuplicate() => OnSite(async page =>
    {
        await page.FillAsync("#q", "adds up what is above a limit");
        await page.ClickAsync("#search button");
        await page.ClickAsync(".hits a >> nth=0");
        await page.ClickAsync("#duplicates a >> nth=0");
        Assert.Equal(2, await page.Locator("#compare pre.code").CountAsync());
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("can be removed");
    }, new() { JavaScriptEnabled = false });

    [ChromiumFact]
    public Task Pages_OnAPhoneInTheDark_FitAndAreDark() => OnSite(async page =>
    {
        var group = ServeCorpus.Path(await corpus.Server.PageAsync("/duplicates"), "/group/");
        foreach (var path in new[] { "/", "/?q=date", await corpus.FirstAsync("weigh_hostile"), "/duplicates?section=all", group, "/coverage", "/snippet/none" }.Select(path => path[1..]))
        {
            if (path != "snippet/none")
            {
                await page.GotoAsync(corpus.Server.Address + path);
            }

            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= Phone.Width, path);
            Assert.Equal("rgb(18, 22, 29)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        }

        await page.ClickAsync("#theme");
        Assert.Equal("rgb(247, 248, 250)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await page.GotoAsync(corpus.Server.Address);
        Assert.Equal("rgb(247, 248, 250)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }, new() { ColorScheme = ColorScheme.Dark, ViewportSize = Phone });

    /// <summary>Dialogs, errors and requests elsewhere fail the test.</summary>
    [ChromiumFact]
    public Task Pages_OfHostileCode_DoNothing() => OnSite(async page =>
    {
        await page.FillAsync("#q", ServeCorpus.Script + "\n" + ServeCorpus.Script);
        await Assertions.Expect(page.Locator("#results")).ToContainTextAsync("code");
        var group = ServeCorpus.Path(await corpus.Server.PageAsync("/duplicates?section=all&repository=hostile"), "/group/");
        foreach (var path in new[] { await corpus.FirstAsync("weigh_hostile"), "/results?q=weigh_hostile", group, await corpus.FirstAsync("long_line"), "/?q=" + Uri.EscapeDataString(ServeCorpus.Script) })
        {
            await page.GotoAsync(corpus.Server.Address + path[1..]);
            Assert.Equal(0, await page.Locator("main script, main img, main [onfocus]").CountAsync());
        }
    });
}
