using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Analysis.Reports.Html;
using Xunit;

namespace XCoder.Tests.Analysis.Reports;

public class HtmlMapTests
{
    [Fact]
    public void Write_ConceptsAndMap_AreAsApproved()
    {
        var page = HtmlReportTests.Render(SampleMap.Make());
        Snapshot.Matches(string.Join('\n', Between(page, "<section id=\"concepts\">", "</section>"), Between(page, "<section id=\"map\">", "</section>"), Regex.Replace(Data(page, "matrix-data"), "(?<=\"blocks\":\\[).*?(?=\\])", "…"), Regex.Replace(Data(page, "map-data"), "(?<=\"blocks\":\\[).*?(?=\\])", "…")) + "\n", "concepts-and-map.html");
    }

    [Fact]
    public void Write_HostileText_IsEscaped()
    {
        var page = HtmlReportTests.Render(SampleMap.Make());
        Assert.DoesNotContain("<script>window", page);
        Assert.DoesNotContain("<img", page);
        Assert.DoesNotContain("<b>", page);
        Assert.DoesNotContain('\u202E', page);
        Assert.DoesNotContain('\e', page);
        Assert.Equal(5, page.Split("</script>").Length - 1);
    }

    [Fact]
    public void Write_WithoutConceptsAndMap_LeavesBothOut()
    {
        var page = HtmlReportTests.Render(SampleReport.Make());
        Assert.DoesNotContain("id=\"concepts\"", page);
        Assert.DoesNotContain("id=\"map\"", page);
    }

    [Fact]
    [Trait(FullRun.Category, FullRun.Heavy)]
    public void Write_FiftyThousandPoints_StaysSmall()
    {
        var page = HtmlReportTests.Render(SampleMap.Points(50_000), LargeReport.Code);
        Assert.InRange(page.Length, 2_000_000, 10_000_000);
        using var data = JsonDocument.Parse(Data(page, "map-data"));
        Assert.Equal(200_000, data.RootElement.GetProperty("places").GetBytesFromBase64().Length);
        var coded = MemoryMarshal.Cast<byte, int>(data.RootElement.GetProperty("codes").GetBytesFromBase64()).ToArray().Count(static code => code >= 0);
        Assert.InRange(coded, 1_000, 50_000);
        Assert.Contains("An even sample of 50,000 of 1,000,000 distinct snippets", page);
    }

    [Fact]
    public void Write_FiveThousandConcepts_StaysSmall() =>
        Assert.InRange(HtmlReportTests.Render(SampleMap.Concepts(6_000)).Length, 200_000, 2_000_000);

    [Fact]
    public void Write_ConceptsWithoutCode_SayNothingOfIt()
    {
        using var data = JsonDocument.Parse(Data(HtmlReportTests.Render(SampleMap.Make(), options: new HtmlReportOptions { MaxConceptCodeBytes = 0 }), "matrix-data"));
        Assert.Equal(0, data.RootElement.GetProperty("code").GetProperty("blocks").GetArrayLength());
    }

    private static string Data(string page, string id) => Between(page, $"<script type=\"application/json\" id=\"{id}\">", "</script>")[$"<script type=\"application/json\" id=\"{id}\">".Length..];

    private static string Between(string page, string from, string to)
    {
        var start = page.IndexOf(from, StringComparison.Ordinal);
        return page[start..page.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
