using System.Text;
using System.Text.Json;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;
using Xunit;

namespace XCoder.Tests.Analysis.Reports;

public class JsonReportTests
{
    [Fact]
    public void Write_SampleReport_IsAsApproved() => Snapshot.Matches(Render(stream => JsonReport.Write(stream, SampleReport.Make())), "report.json");

    [Fact]
    public void Write_SampleGroups_AreAsApproved() =>
        Snapshot.Matches(Render(stream => JsonLines.Write(stream, SampleReport.Make().Groups, (json, group) => DuplicateGroupJson.Write(json, group, null))), "duplicates.jsonl");

    [Fact]
    public void Write_SampleSnippets_AreAsApproved()
    {
        var snippets = SampleReport.Make().Groups.SelectMany(group => group.Members);
        Snapshot.Matches(Render(stream => JsonLines.Write(stream, snippets, (json, snippet) => SnippetJson.Write(json, snippet, SampleReport.Code(snippet.Id)))), "snippets.jsonl");
    }

    [Fact]
    public void Write_Coverage_HoldsRepositoriesAndLanguages()
    {
        using var parsed = JsonDocument.Parse(Render(stream => JsonLines.WriteDocument(stream, json => CoverageJson.Write(json, SampleReport.Make().Coverage))));
        Assert.Equal(["files", "bytes", "languages", "repositories", "losses"], parsed.RootElement.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public void Write_HostileNames_SurviveAndStayInert()
    {
        var text = Render(stream => JsonLines.WriteArray(stream, SampleReport.Make().Groups, (json, group) => DuplicateGroupJson.Write(json, group, null)));
        Assert.DoesNotContain(text, character => character is not '\n' && (char.IsControl(character) || char.GetUnicodeCategory(character) == System.Globalization.UnicodeCategory.Format));
        using var parsed = JsonDocument.Parse(text);
        var member = parsed.RootElement[0].GetProperty("members")[1];
        Assert.Equal(SampleReport.HostilePath, member.GetProperty("path").GetString());
        Assert.Equal(SampleReport.HostileName, member.GetProperty("name").GetString());
    }

    [Fact]
    public void Write_SemanticGroups_AreCountedThoughNotLookedFor()
    {
        var report = SampleReport.Make();
        var group = report.Groups[3] with { Kind = XCoder.Analysis.Model.DuplicateKind.Semantic };
        var totals = new DuplicateTotals(report with { Groups = [group] });
        Assert.Equal(2, totals.ByKind.Single(total => total.Kind == group.Kind).Snippets);
    }

    internal static string Render(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
