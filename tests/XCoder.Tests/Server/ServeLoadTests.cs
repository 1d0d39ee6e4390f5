using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace XCoder.Tests.Server;

/// <summary>Many readers at once.</summary>
public sealed class ServeLoadTests(ServeCorpus corpus) : IClassFixture<ServeCorpus>
{
    private const int Clients = 50;
    private const long MostKilobytes = 1_500_000;

    [Fact]
    [Trait(FullRun.Category, FullRun.Heavy)]
    public async Task FiftyClients_ForSomeSeconds_GetNoErrorAndBoundedMemory()
    {
        var snippet = await corpus.FirstAsync("parse_iso_date");
        var group = ServeCorpus.Path(await corpus.Server.PageAsync("/duplicates"), "/group/");
        string[] paths = ["/", "/results?q=parse+a+date", "/results?q=weigh+values", snippet, "/duplicates", group, "/results?q=a.py:3", "/results?from=python&q=def+f(a):+return+a", "/coverage", "/site.js"];
        var (watch, wrong, count) = (Stopwatch.StartNew(), 0, 0);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            for (var i = client; watch.Elapsed < TimeSpan.FromSeconds(20); i++)
            {
                var (status, text) = await corpus.Server.GetAsync(paths[i % paths.Length]);
                Interlocked.Increment(ref count);
                if (status != HttpStatusCode.OK || text.Contains("role=\"alert\"", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }));
        Assert.Equal(0, wrong);
        Assert.True(count >= Clients * 4, $"{count} requests");
        var peak = File.ReadLines($"/proc/{corpus.Server.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Assert.InRange(long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture), 1, MostKilobytes);
    }
}
