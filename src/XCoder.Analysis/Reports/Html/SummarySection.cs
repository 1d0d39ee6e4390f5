using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Tiles and charts at the top of the page.</summary>
internal sealed class SummarySection(Markup markup, AnalysisReport report, DuplicateTotals totals, HtmlReportOptions options)
{
    internal void Write()
    {
        var coverage = report.Coverage;
        var snippets = coverage.Languages.Sum(language => (long)language.Snippets);
        var documented = coverage.Languages.Sum(language => (long)language.Documented);
        WriteLosses();
        markup.Raw("<section aria-label=\"Summary\"><dl class=\"tiles\">\n");
        Tile("Files parsed", NumberText.Count(coverage.Files.Parsed), $"of {NumberText.Count(coverage.Files.Seen)} seen");
        Tile("Source", NumberText.Bytes(coverage.Bytes), NumberText.Count(coverage.Languages.Count, "language"));
        Tile("Snippets", NumberText.Count(snippets), "functions, structures");
        Tile("Documented", NumberText.Share(documented, snippets), $"{NumberText.Count(documented)} of {NumberText.Count(snippets)}");
        if (options.Duplicates)
        {
            Tile("Duplicated", NumberText.Share(totals.Snippets, report.ComparedSnippets), $"{NumberText.Count(totals.Snippets)} of {NumberText.Count(report.ComparedSnippets)} compared");
            Tile("Repeated tokens", NumberText.Count(totals.RepeatedTokens), "in copies to remove");
        }

        markup.Raw("</dl>\n<div class=\"charts\">\n");
        WriteCharts();
        markup.Raw("</div></section>\n");
    }

    private void WriteLosses()
    {
        var losses = report.Coverage.Losses;
        if (losses.Count > 0)
        {
            markup.Raw("<p class=\"alert\"><strong>").Text(NumberText.Count(losses.Count, "file")).Raw("</strong> should have been analysed and ")
                .Raw(losses.Count == 1 ? "was" : "were").Raw(" not. <a href=\"#losses\">Which and why</a></p>\n");
        }
    }

    private void Tile(string name, string value, string note) => markup
        .Raw("<div>").Element("dt", name).Element("dd", value, "class=\"big\"").Element("dd", note).Raw("</div>\n");

    private void WriteCharts()
    {
        var charts = new Charts(markup);
        var languages = report.Coverage.Languages;
        charts.Bars("Source by language", [.. languages.OrderByDescending(language => language.Bytes).Select(language => (language.Language, new double[] { language.Bytes }, NumberText.Bytes(language.Bytes)))]);
        charts.Bars("Functions and structures by language", [.. languages.OrderByDescending(language => language.Snippets).Select(language => (language.Language, new double[] { language.Snippets }, NumberText.Count(language.Snippets)))]);
        charts.Columns("Sizes of functions and structures", "tokens, upper bound of each class", [.. report.Sizes.Select((size, i) => (Bound(size.Key, i), (long)size.Value))]);
    }

    private string Bound(int bound, int index) =>
        bound != int.MaxValue ? NumberText.Count(bound) : index > 0 ? "more" : "all";
}
