using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Reports.Html;
using Xunit;

namespace XCoder.Tests.Analysis.Reports;

public class HtmlReportTests
{
    [Fact]
    public void Write_HostileText_IsEscaped()
    {
        var page = Render(SampleReport.Make());
        Assert.DoesNotContain("<script>window", page);
        Assert.DoesNotContain("<img", page);
        Assert.DoesNotContain('\u202E', page);
        Assert.DoesNotContain('\u2028', page);
        Assert.DoesNotContain('\e', page);
        Assert.DoesNotContain("<!--", page);
        Assert.Equal(3, page.Split("</script>").Length - 1);
    }

    [Fact]
    public void Write_Page_LoadsNothing()
    {
        var page = Render(SampleReport.Make());
        Assert.Contains("default-src 'none'", page);
        Assert.DoesNotContain(" src=\"", page);
        Assert.DoesNotContain("<link", page);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotContain(" style=\"", page);
    }

    [Fact]
    public void Write_Code_IsAskedForOnlyWhatIsShown()
    {
        var asked = new List<string>();
        string? Code(string id)
        {
            asked.Add(id);
            return "x";
        }

        Render(SampleReport.Make(), Code, new HtmlReportOptions { MaxGroups = 1 });
        Assert.Equal(["00000000000000000008", "00000000000000000009"], asked);
        Render(SampleReport.Make(), Code, new HtmlReportOptions { MaxCodeBytes = 0 });
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public void Write_CoverageOnly_LeavesDuplicatesOut()
    {
        var page = Render(SampleReport.Make(), options: new HtmlReportOptions { Duplicates = false });
        Assert.DoesNotContain("id=\"duplicates\"", page);
        Assert.Contains("id=\"languages\"", page);
    }

    [Fact]
    public void Write_TenThousandGroups_StaysSmall()
    {
        var page = Render(LargeReport.Make(10_000), LargeReport.Code);
        Assert.InRange(page.Length, 1_000_000, 5_000_000);
        Assert.Contains("Open a group to see its code", page);

        // Texts that hardly compress: the page says where it stops.
        var few = Render(LargeReport.Make(10_000), id => $"{id} {Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(id)))}", new HtmlReportOptions { MaxCodeBytes = 500_000 });
        Assert.InRange(few.Length, 1_000_000, page.Length + 500_000);
        Assert.Matches("The code of the first [0-9],[0-9]+ groups by repeated tokens fits into the 488.3 KiB", few);
    }

    [Fact]
    public void Write_Code_IsThereForEveryGroupOnce()
    {
        using var data = JsonDocument.Parse(Between(Render(LargeReport.Make(1_000), id => $"code of {int.Parse(id, CultureInfo.InvariantCulture) % 700}"), "id=\"groups-data\">", "</script>"));
        var code = data.RootElement.GetProperty("code");
        var texts = code.GetProperty("blocks").EnumerateArray().SelectMany(static block =>
        {
            using var unpacked = new GZipStream(new MemoryStream(block.GetBytesFromBase64()), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<string[]>(unpacked)!;
        }).ToArray();
        Assert.Equal(texts.Length, texts.Distinct().Count());
        Assert.All(data.RootElement.GetProperty("groups").EnumerateArray(), group => Assert.All(group[8].EnumerateArray().Chunk(9), member =>
            Assert.Matches("^code of [0-9]+$", texts[member[7].GetInt32()])));
    }

    [Fact]
    public void Write_Links_AreThoseOfKnownHostsWithoutCredentials()
    {
        const string Commit = "0123456789abcdef0123456789abcdef01234567";
        var sample = SampleReport.Make();
        AnalysisReport With(params string[] remotes) => sample with { Coverage = sample.Coverage with { Repositories = [.. sample.Coverage.Repositories.Zip(remotes, (repository, remote) =>
            repository with { Remote = remote, Commit = Commit })], Losses = [new FileLoss("lib", "a.py", "unreadable", "Access to the path '/srv/lib/a.py' is denied.")] } };

        var page = Render(With("https://user:secret@github.com/a/app.git", "git@gitlab.example.org:deep/er/lib.git"));
        Assert.DoesNotContain("secret", page);
        Assert.DoesNotContain("/srv/", page);
        Assert.Contains("Access to the path &#39;lib/a.py&#39; is denied.", page);
        Assert.Contains($$"""{"app":["https://github.com/a/app/blob/{{Commit}}/","#L{start}-L{end}"],"lib":["https://gitlab.example.org/deep/er/lib/-/blob/{{Commit}}/","#L{start}-{end}"]}""", page);
        Assert.Contains("href=\"https://gitlab.example.org/deep/er/lib\"", page);

        var hostile = Render(With("javascript:alert(1)//github.com/a/b", "https://github.com/a/\"onclick=\"alert(1)"));
        Assert.Contains("""{"app":[],"lib":[]}""", hostile);
        Assert.DoesNotContain("href=\"javascript", hostile);
        Assert.DoesNotContain("\"onclick", hostile);
    }

    [Fact]
    public void Write_AReportWithoutKinds_IsOneOfCoverage()
    {
        var page = Render(SampleReport.Make() with { Kinds = [], Groups = [] });
        Assert.Contains("<title>XCoder coverage</title>", page);
        Assert.DoesNotContain("id=\"duplicates\"", page);
        Assert.DoesNotContain("To remove", page);
        Assert.Contains("id=\"repositories\"", page);
    }

    private static string Between(string page, string from, string to)
    {
        var start = page.IndexOf(from, StringComparison.Ordinal) + from.Length;
        return page[start..page.IndexOf(to, start, StringComparison.Ordinal)];
    }

    internal static string Render(AnalysisReport report, Func<string, string?>? code = null, HtmlReportOptions? options = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        HtmlReport.Write(writer, report, code ?? SampleReport.Code, options);
        return writer.ToString();
    }
}
