using XCoder.Analysis.Concepts;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Server.Pages;

/// <summary>What is indexed, by language, and the concepts that a language lacks.</summary>
internal static class CoveragePage
{
    private const int MostGaps = 100;

    /// <summary>The page.</summary>
    public static SitePage Page(PageRequest request) => new("Coverage")
    {
        Current = "/coverage",
        Parts = [new(PageLane.Store, WriteLanguages), new(PageLane.Facts, WriteGaps)],
    };

    private static void WriteLanguages(Markup markup, PageContext page)
    {
        markup.Raw("<h1>Coverage</h1>\n")
            .OpenTable("Languages", "Language", "#Files", "#Functions", "#Structures", "#Documented", "#Tests");
        foreach (var language in page.Store.CoverageCounts(StoreSelection.All).GroupBy(static count => count.Language)
            .OrderByDescending(static counts => counts.Sum(static count => count.Functions)))
        {
            markup.Raw("<tr>").Element("th", language.Key, "scope=\"row\"").Number(language.Sum(static count => count.Files))
                .Number(language.Sum(static count => count.Functions)).Number(language.Sum(static count => count.Structures))
                .Number(language.Sum(static count => count.Documented)).Number(language.Sum(static count => count.Tests)).Raw("</tr>\n");
        }

        markup.CloseTable();
    }

    private static void WriteGaps(Markup markup, PageContext page)
    {
        var report = page.Served.Concepts(null, null, page.Cancellation);
        markup.Raw("<h2>Gaps</h2>\n");
        if (report is null)
        {
            markup.Element("p", "The workspace holds no concepts of its present index. Run: xcoder coverage --gaps", "class=\"note\"");
            return;
        }

        markup.Element("p", $"{NumberText.Count(report.AllGaps, "case")} where a language lacks a concept of several others, widest first. "
            + "About 3 of 5 are real.", "class=\"note\"")
            .OpenTable("Gaps", "Missing in", "Concept", "Languages that have it", "Nearest there", "#Score");
        foreach (var gap in report.Gaps.Take(MostGaps))
        {
            WriteGap(markup, gap);
        }

        markup.CloseTable();
    }

    private static void WriteGap(Markup markup, ConceptGap gap)
    {
        markup.Raw("<tr>").Element("th", gap.Language, "scope=\"row\"").Raw("<td>")
            .Raw($"<a href=\"/snippet/{gap.Row.Representative.Id}\">").Text(PlaceText.Cut(gap.Row.Label)).Raw("</a></td>")
            .Element("td", string.Join(", ", gap.Languages)).Raw("<td>");
        if (gap.Nearest is { } near)
        {
            SearchPage.WriteLink(markup, near.Snippet);
        }

        markup.Raw("</td>").Number(gap.Score, NumberText.Plain(Math.Round(gap.Score, 2))).Raw("</tr>\n");
    }
}
