using System.Globalization;
using XCoder.Agents.Rows;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Reports;

/// <summary>
/// Renders a run's report as one HTML file that loads nothing else. It is complete without JavaScript, which only filters and sorts.
/// </summary>
internal static class RunReportHtml
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">Receives the page; must encode as UTF-8.</param>
    /// <param name="report">The report to render.</param>
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
            .Text($"Run {run.Id}, {run.Kind}").Raw(" <span class=\"dot\"></span> ");
        Moment(markup, "begun", run.CreatedAt);
        markup.Raw(" <span class=\"dot\"></span> ");
        Moment(markup, "finished", run.FinishedAt);
        markup.Raw("</p></div>\n")
            .Raw("<nav aria-label=\"Sections\"><a href=\"#pairs\">Languages</a><a href=\"#scores\">Scores</a><a "
                + "href=\"#synergy\">Synergy</a><a href=\"#failures\">Failures</a><a href=\"#samples\">Samples</a><a "
                    + "href=\"#options\">Options</a></nav>\n<button type=\"button\" id=\"theme\" hidden>Theme: system</button></header>\n");
    }

    private static void Moment(Markup markup, string what, string? stored)
    {
        if (DateTimeOffset.TryParse(stored, CultureInfo.InvariantCulture, out var moment))
        {
            markup.Text($"{what} ").Time(moment);
        }
        else
        {
            markup.Text($"not {what}");
        }
    }
}

/// <summary>Writes the tiles and charts at the top of a run's page.</summary>
internal sealed class RunSummarySection(Markup markup, RunReport report)
{
    public void Write()
    {
        markup.Raw("<section aria-label=\"Summary\"><dl class=\"tiles\">\n");
        markup.Tile("Rows", NumberText.Count(report.Rows), NumberText.Count(report.Pairs.Count, "language pair"));
        Verdicts("Accepted", Verdict.Accept);
        var verified = report.Statuses.GetValueOrDefault(RowNames.Of(RowStatus.Verified));
        markup.Tile("Verified", NumberText.Count(verified), $"{NumberText.Share(verified, report.Rows)} of the rows");
        markup.Tile("Revised", NumberText.Count(report.Revised), "rewritten at least once");
        Verdicts("Rejected", Verdict.Reject);
        if (report.Verdicts.ContainsKey(RowNames.Of(Verdict.Revise)))
        {
            Verdicts("Left to revise", Verdict.Revise);
        }

        markup.Tile("Lost", NumberText.Count(report.Lost.Values.Sum()), report.Lost.Count == 0 ? "none reported" : "reasons below");
        if (report.Preferences.Count > 0)
        {
            markup.Tile("Preference pairs", NumberText.Count(report.Preferences.Values.Sum()),
                string.Join(", ", report.Preferences.OrderBy(basis => basis.Key, StringComparer.Ordinal)
                    .Select(basis => $"{NumberText.Count(basis.Value)} by {basis.Key}")));
        }

        if (report.Usage is { } usage)
        {
            markup.Tile("Requests", NumberText.Count(usage.Requests),
                report.RequestsPerAccepted is { } each ? $"{NumberText.Plain(each)} for each accepted row" : "to the chat model");
            markup.Tile("Tokens", NumberText.Count(usage.PromptTokens + usage.CompletionTokens),
                $"{NumberText.Count(usage.PromptTokens)} in, {NumberText.Count(usage.CompletionTokens)} out");
            markup.Tile("Cost", usage.Cost is { } cost ? NumberText.Plain(cost) : "unknown",
                usage.Cost is null ? "no prices were given" : "by the given prices");
        }

        markup.Raw("</dl>\n<div class=\"charts\">\n");
        var charts = new Charts(markup);
        Bars(charts, "Rows by data set", report.Datasets);
        Bars(charts, "Rows by task", report.Tasks);
        Bars(charts, "Rows by verification", report.Statuses);
        foreach (var (list, counts) in report.Variety.Drawn)
        {
            Bars(charts, $"Rows by {list} asked for", counts);
        }

        markup.Raw("</div>\n");
        Table("Lost, by reason", "Reason", report.Lost.OrderByDescending(lost => lost.Value)
            .ThenBy(lost => lost.Key, StringComparer.Ordinal));
        Table("Rejected, by first fault", "Fault", report.Faults);
        markup.Raw("</section>\n");
    }

    private void Verdicts(string name, Verdict verdict)
    {
        var count = report.Verdicts.GetValueOrDefault(RowNames.Of(verdict));
        markup.Tile(name, NumberText.Count(count), $"{NumberText.Share(count, report.Rows)} of the rows");
    }

    private static void Bars(Charts charts, string title, IReadOnlyDictionary<string, long> counts) =>
        charts.Bars(title,
            [.. counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)
                .Select(count => (count.Key, new double[] { count.Value }, NumberText.Count(count.Value)))]);

    private void Table(string caption, string heading, IEnumerable<KeyValuePair<string, long>> counts)
    {
        var rows = counts.ToList();
        if (rows.Count == 0)
        {
            return;
        }

        markup.OpenTable(caption, heading, "#Rows");
        foreach (var (name, count) in rows)
        {
            markup.Raw("<tr>").Element("th", name, "scope=\"row\"").Number(count).Raw("</tr>\n");
        }

        markup.CloseTable();
    }
}
