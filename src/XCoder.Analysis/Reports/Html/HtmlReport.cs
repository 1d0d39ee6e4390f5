namespace XCoder.Analysis.Reports.Html;

/// <summary>
/// Renders <c>report.html</c>: one file that loads nothing from anywhere, in light and dark. Tables are there
/// without JavaScript; with it they sort, duplicate groups filter and open on their code, concepts
/// by language are a heat map, and snippets a map to look around in.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to; must encode as UTF-8.</param>
    /// <param name="report">What it shows.</param>
    /// <param name="code">Code of a snippet by id, or null where there is none; asked only for snippets whose code is on the page.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    public static void Write(TextWriter writer, AnalysisReport report, Func<string, string?> code, HtmlReportOptions? options = null)
    {
        var chosen = options ?? new HtmlReportOptions();
        new Page(new Markup(writer), report, code, chosen).Write();
    }
}
