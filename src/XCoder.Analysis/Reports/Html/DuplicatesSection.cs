using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Writes the section on duplicates: shares, filters and groups.</summary>
internal sealed class DuplicatesSection(Markup markup, AnalysisReport report, DuplicateTotals totals, HtmlReportOptions options)
{
    // Rows written into the page itself; the script shows the others page by page.
    private const int StaticGroups = 100;

    internal void Write(GroupSelection selection)
    {
        markup.Raw("<section id=\"duplicates\"><h2>Duplicates</h2>\n")
            .Element("p", HeadlineText.Of(report, totals), "id=\"headline\"").Raw("\n")
            .Element("p", ThresholdText.Of(report.DuplicateOptions), "class=\"note\"").Raw("\n");
        if (report.Semantic is { } basis)
        {
            markup.Element("p", ThresholdText.Of(basis), "class=\"note\"").Raw("\n");
        }

        if (UncomparedText.Of(report.Coverage, report.Kinds) is { Length: > 0 } uncompared)
        {
            markup.Element("p", uncompared, "class=\"note\"").Raw("\n");
        }

        WriteTotals();
        WriteShares();
        if (selection.Groups.Count == 0)
        {
            markup.Element("p",
                UncomparedText.Nothing(report.ComparedSnippets, report.DuplicateOptions.MinTokens, report.IsAgainstBaseline))
                .Raw("</section>\n");
            return;
        }

        markup.Raw("<h3>Groups</h3>\n").Element("p", Scope(selection), "class=\"note\"").Raw("\n<div id=\"filters\" hidden></div>\n");
        markup.Raw("<p id=\"count\" class=\"note\" role=\"status\" aria-live=\"polite\"></p>\n<div class=\"scroll\"><table id=\"groups\">")
            .Element("caption", "Duplicate groups, most repeated tokens first")
            .Raw("<thead><tr><th scope=\"col\" data-key=\"name\">Representative</th><th scope=\"col\" data-key=\"kind\">Kind</th><th "
                + "scope=\"col\" data-key=\"section\">Section</th><th scope=\"col\" data-key=\"language\">Language</th>")
            .Raw("<th scope=\"col\" data-key=\"members\" class=\"n\">Copies</th><th scope=\"col\" data-key=\"repeated\" class=\"n\" "
                + "aria-sort=\"descending\">Repeated tokens</th><th scope=\"col\" data-key=\"similarity\" "
                    + "class=\"n\">Similarity</th></tr></thead><tbody>\n");
        foreach (var group in selection.Groups.Where(group => !report.Hidden.Contains(group.Section())).Take(StaticGroups))
        {
            WriteGroup(group);
        }

        markup.Raw("</tbody></table></div>\n<button type=\"button\" id=\"more\" hidden>Show more</button>\n");
        if (selection.Groups.Count > StaticGroups)
        {
            markup.Raw("<noscript>")
                .Element("p",
                    $"The first {StaticGroups} groups are shown; the "
                        + $"other {NumberText.Count(selection.Groups.Count - StaticGroups)} need JavaScript.",
                        "class=\"note\"").Raw("</noscript>");
        }

        markup.Raw("</section>\n");
    }

    private string Scope(GroupSelection selection)
    {
        var code = selection.WithCode < selection.Groups.Count
            ? $"The code of the first {NumberText.Count(selection.WithCode, "group")} by repeated tokens fits into the "
                + $"{NumberText.Bytes(options.MaxCodeBytes)} that the page has for it; 'xcoder duplicates' lists the others"
            : "Open a group to see its code";
        var text = $"{code}: at most {options.MaxMembers} members per group and {options.MaxCodeLines} lines per member.";
        text += totals.Nested > 0 ? $" {NumberText.Count(totals.Nested, "group")} inside larger duplicates: counted above, not listed."
            : "";
        return selection.LeftOut > 0
            ? $"{text} {NumberText.Count(selection.LeftOut, "smaller group")} did not fit; the duplicates command lists them." : text;
    }

    private void WriteTotals()
    {
        markup.OpenTable("Duplicates by what can be done about them", "Section", "#Groups", "#Snippets", "#Copies to remove",
            "#Tokens to remove", "Expected precision");
        foreach (var total in totals.Sections)
        {
            WriteTotal(SectionRule.Of(total.Section).Title, total, total.Section == DuplicateSection.Remove);
            foreach (var (kind, part) in total.Section == DuplicateSection.Remove ? totals.RemovableByKind : [])
            {
                WriteTotal($"of these {kind.Name()}", part, isRemovable: true);
            }
        }

        markup.CloseTable();
    }

    private void WriteTotal(string title, SectionTotal total, bool isRemovable)
    {
        markup.Raw("<tr>").Element("th", title, "scope=\"row\"").Number(total.Groups).Number(total.Snippets)
            .Number(isRemovable ? total.Copies : -1, isRemovable ? NumberText.Count(total.Copies) : "")
            .Number(isRemovable ? total.Tokens : -1, isRemovable ? NumberText.Count(total.Tokens) : "")
            .Element("td", SectionRule.Precision(total.Section, report.Semantic) is { } precision && total.Groups > 0
                ? ThresholdText.Of(precision) : "").Raw("</tr>\n");
    }

    private void WriteShares()
    {
        var charts = new Charts(markup);
        var snippets = report.Coverage.Languages.ToDictionary(language => language.Language, language => language.Snippets);
        var rows = totals.ByLanguage
            .Select(row => (Language: row.Key, Counts: row.Value, All: snippets.GetValueOrDefault(row.Key)))
            .Where(row => row.All > 0)
            .OrderByDescending(row => row.Counts.Sum() / (double)row.All)
            .ToArray();
        if (rows.Length == 0)
        {
            return;
        }

        markup.Raw("<div class=\"charts wide\">\n");
        charts.Bars(
            "Duplicated share of functions and structures",
            [.. rows.Select(row => (row.Language, row.Counts.Select(count => (double)count / row.All).ToArray(),
                NumberText.Share(Math.Min(row.Counts.Sum(), row.All), row.All)))],
            whole: 1);
        markup.Raw("</div>\n");
        charts.Legend(totals.ByKind.Select(total => total.Kind.Name()));
    }

    private void WriteGroup(DuplicateGroup group)
    {
        var kept = group.Kept();
        markup.Raw("<tr><td class=\"name\">").Element("code", kept.Name).Raw(" <span class=\"path\">").Text(SnippetPlace.Of(kept))
            .Raw("</span></td><td>")
            .Element("span", group.Kind.Name(), $"class=\"kind k{(int)group.Kind}\"")
            .Text(group.Change is null ? "" : $" {ChangeText.Of(group)}").Raw("</td><td>")
            .Text(SectionRule.Of(group.Section()).Title).Raw("</td><td>")
            .Text(string.Join(", ", group.Languages())).Raw("</td>")
            .Number(group.Members.Count).Number(group.RepeatedTokens()).Number(group.Similarity, NumberText.Similarity(group.Similarity))
            .Raw("</tr>\n");
    }
}
