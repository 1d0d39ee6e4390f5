using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>A page in a headless browser, which is started once for all tests; each has a profile of its own.</summary>
internal static class BrowserRun
{
    private static readonly Lazy<Task<IBrowser>> Browser = new(() => Task.Run(StartAsync));

    /// <summary>Opens a page and runs a test on it; fails on an error, a message of the console, or a request.</summary>
    public static async Task On(string html, Func<IPage, Task> test, bool script = true)
    {
        var (problems, requests) = (new List<string>(), new List<string>());
        var folder = Directory.CreateTempSubdirectory("xcoder-page");
        var file = Path.Combine(folder.FullName, "report.html");
        await File.WriteAllTextAsync(file, html, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        try
        {
            var browser = await Browser.Value;
            await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = script, ColorScheme = ColorScheme.Light });
            var page = await context.NewPageAsync();
            page.PageError += (_, error) => problems.Add(error);
            page.Console += (_, message) => problems.Add(message.Text);
            page.Request += (_, request) => requests.Add(request.Url);
            await page.GotoAsync(new Uri(file).AbsoluteUri);
            await test(page);
            Assert.Empty(problems);
            Assert.Equal([new Uri(file).AbsoluteUri], requests);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Opens the start page of a site; fails on an error, a message of the console, a dialog, or a request to anywhere else.</summary>
    public static async Task OnSite(string address, Func<IPage, Task> test, BrowserNewContextOptions? options = null)
    {
        var problems = new List<string>();
        var browser = await Browser.Value;
        await using var context = await browser.NewContextAsync(options ?? new() { ColorScheme = ColorScheme.Light });
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => problems.Add(error);
        page.Console += (_, message) => problems.Add(message.Text);
        page.Dialog += async (_, dialog) =>
        {
            problems.Add("dialog: " + dialog.Message);
            await dialog.DismissAsync();
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address, StringComparison.Ordinal))
            {
                problems.Add("request: " + request.Url);
            }
        };
        await page.GotoAsync(address);
        await test(page);
        Assert.Empty(problems);
    }

    // It ends with its driver, and the driver with these tests.
    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => playwright.Dispose();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = ChromiumFactAttribute.Browser,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
