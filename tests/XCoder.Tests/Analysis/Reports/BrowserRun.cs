using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>A page in a headless browser.</summary>
internal static class BrowserRun
{
    /// <summary>Opens a page and runs a test on it; fails on an error, a message of the console, or a request.</summary>
    public static async Task On(string html, Func<IPage, Task> test, bool script = true)
    {
        var (problems, requests) = (new List<string>(), new List<string>());
        var folder = Directory.CreateTempSubdirectory("xcoder-page");
        var file = Path.Combine(folder.FullName, "report.html");
        await File.WriteAllTextAsync(file, html, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        try
        {
            using var playwright = await Playwright.CreateAsync();
            await using var browser = await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = ChromiumFactAttribute.Browser,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
            var page = await browser.NewPageAsync(new() { JavaScriptEnabled = script, ColorScheme = ColorScheme.Light });
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
}
