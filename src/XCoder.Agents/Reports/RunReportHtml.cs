using XCoder.Analysis.Reports.Html;

namespace XCoder.Agents.Reports;

/// <summary>Renders a run's report: one file that loads nothing from anywhere. All of it is there without JavaScript, which only filters and sorts.</summary>
internal static class RunReportHtml
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to; must encode as UTF-8.</param>
    /// <param name="report">What it shows.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    public static void Write(TextWriter writer, RunReport report, RunReportOptions? options = null)
    {
        var markup = new Markup(writer);
        var js = PageFrame.Resource(typeof(Page), "report.js") + PageFrame.Resource(typeof(RunReportHtml), "run.js");
        var css = PageFrame.Resource(typeof(Page), "report.css") + PageFrame.Resource(typeof(RunReportHtml), "run.css");
        PageFrame.WriteHead(markup, "XCoder run report", css, js);
        WriteHeader(markup, report);
        markup.Raw("<main id=\"main\">\n");
        new RunSummarySection(markup, report).Write();
        new RunPairsSection(markup, report).Write();
        new RunSynergySection(markup, report).Write();
        new RunFaultsSection(markup, report).Write();
        new RunSamplesSection(markup, report, options ?? new RunReportOptions()).Write();
        markup.Raw("</main>\n");
        PageFrame.WriteEnd(markup, js);
    }

    private static void WriteHeader(Markup markup, RunReport report)
    {
        var run = report.Run;
        markup.Raw("<header><div class=\"title\">").Element("h1", "XCoder run report").Raw("<p>")
            .Text($"Run {run.Id}, {run.Kind}").Raw(" <span class=\"dot\"></span> ").Text($"begun {run.CreatedAt}").Raw(" <span class=\"dot\"></span> ")
            .Text(run.FinishedAt is { } end ? $"done {end}" : "not finished").Raw("</p></div>\n")
            .Raw("<nav aria-label=\"Sections\"><a href=\"#pairs\">Languages</a><a href=\"#scores\">Scores</a><a href=\"#synergy\">Synergy</a><a href=\"#failures\">Failures</a><a href=\"#samples\">Samples</a><a href=\"#options\">Options</a></nav>\n<button type=\"button\" id=\"theme\" hidden>Theme: system</button></header>\n");
    }
}
