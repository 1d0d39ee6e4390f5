using System.Text.Json;
using XCoder.Analysis.Reports;
using Xunit;

namespace XCoder.Tests.Analysis.Reports;

public class SarifReportTests
{
    [Fact]
    public void Write_SampleReport_IsAsApproved() => Snapshot.Matches(Render(SampleReport.Make()), "duplicates.sarif");

    [Fact]
    public void Write_NestedGroups_AreLeftOut()
    {
        using var sarif = JsonDocument.Parse(Render(SampleReport.Make()));
        Assert.Equal(3, Run(sarif).GetProperty("results").GetArrayLength());
    }

    [Fact]
    public void Write_Results_NameRulesBasesAndLinksThatExist()
    {
        using var sarif = JsonDocument.Parse(Render(SampleReport.Make()));
        var rules = Run(sarif).GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var bases = Run(sarif).GetProperty("originalUriBaseIds");
        foreach (var result in Run(sarif).GetProperty("results").EnumerateArray())
        {
            Assert.Equal(rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
            var related = result.GetProperty("relatedLocations").EnumerateArray().ToArray();
            Assert.Equal(Enumerable.Range(1, related.Length), related.Select(location => location.GetProperty("id").GetInt32()));
            Assert.Contains("](1)", result.GetProperty("message").GetProperty("text").GetString());
            foreach (var location in related.Append(result.GetProperty("locations")[0]))
            {
                var artifact = location.GetProperty("physicalLocation").GetProperty("artifactLocation");
                Assert.True(bases.TryGetProperty(artifact.GetProperty("uriBaseId").GetString()!, out _));
                Assert.True(Uri.TryCreate(artifact.GetProperty("uri").GetString(), UriKind.Relative, out _));
            }
        }
    }

    [Theory]
    [InlineData("a/b.py", "a/b.py")]
    [InlineData("a b/50%#?.py", "a%20b/50%25%23%3F.py")]
    [InlineData("c:\\x\n\t\u202E.py", "c%3A%5Cx%0A%09%E2%80%AE.py")]
    [InlineData("//host/ä", "//host/%C3%A4")]
    public void Encode_HostilePath_IsARelativeUri(string path, string uri) => Assert.Equal(uri, SarifPlaces.Encode(path));

    [Fact]
    public void Write_OneRepository_IsBasedOnTheSourceRoot()
    {
        var report = SampleReport.Make();
        var one = report with { Coverage = report.Coverage with { Repositories = [report.Coverage.Repositories[0]] }, Groups = [] };
        using var sarif = JsonDocument.Parse(Render(one));
        Assert.Equal("file:///srv/code%20base/app/", Run(sarif).GetProperty("originalUriBaseIds").GetProperty("%SRCROOT%").GetProperty("uri").GetString());
    }

    private static JsonElement Run(JsonDocument sarif) => sarif.RootElement.GetProperty("runs")[0];

    private static string Render(AnalysisReport report) => JsonReportTests.Render(stream => SarifReport.Write(stream, report));
}
