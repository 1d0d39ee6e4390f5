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
        Assert.Equal(2, page.Split("</script>").Length - 1);
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

        Render(SampleReport.Make(), Code, new HtmlReportOptions { MaxCodeGroups = 1 });
        Assert.Equal(["00000000000000000008", "00000000000000000009"], asked);
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
        Assert.Contains("Code is shown for the first 200 groups", page);
    }

    internal static string Render(AnalysisReport report, Func<string, string?>? code = null, HtmlReportOptions? options = null)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        HtmlReport.Write(writer, report, code ?? SampleReport.Code, options);
        return writer.ToString();
    }
}
