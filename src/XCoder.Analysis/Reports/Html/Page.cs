using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Writes the page with its sections.</summary>
internal sealed class Page(Markup markup, AnalysisReport report, Func<string, string?> code, HtmlReportOptions options)
{
    // The parts of one script, in this order, and the styles.
    private static readonly string[] Scripts = ["report.js", "report.code.js", "report.links.js", "report.groups.js", "report.matrix.js",
        "report.map.js"];
    private static readonly string[] Styles = ["report.css", "report.matrix.css", "report.map.css"];

    internal void Write()
    {
        var groups = GroupSelection.Of(report, code, options);
        var matrix = report.Concepts is { } concepts ? new MatrixSelection(report, concepts.Matrix, code, options) : null;
        var map = report.Map is { } points ? new MapPayload(points, code, options) : null;
        var js = string.Concat(Scripts.Select(name => PageFrame.Resource(typeof(Page), name)));
        PageFrame.WriteHead(markup, options.Title, string.Concat(Styles.Select(name => PageFrame.Resource(typeof(Page), name))), js);
        WriteHeader();
        markup.Raw("<main id=\"main\">\n");
        WriteSections(groups, matrix, map);
        markup.Raw("</main>\n");
        markup.WriteData("links-data", LinkData());
        if (options.Duplicates)
        {
            markup.WriteData("groups-data", new GroupData(groups, report.Hidden, options).Render());
        }

        if (matrix is not null)
        {
            markup.WriteData("matrix-data", new MatrixPayload(matrix).Render());
        }

        if (map is not null)
        {
            markup.WriteData("map-data", map.Render());
        }

        PageFrame.WriteEnd(markup, js);
    }

    // For each repository what leads to a file at its commit: [address up to the path, what follows for lines], or nothing.
    private string LinkData() => PageData.Render(json =>
    {
        foreach (var repository in report.Coverage.Repositories)
        {
            json.WriteStartArray(SafeText.ForTerminal(repository.Repository));
            if (RemotePage.Of(repository.Remote, repository.Commit) is { Files: { } files } page)
            {
                json.WriteStringValue(files);
                json.WriteStringValue(page.Lines);
            }

            json.WriteEndArray();
        }
    });

    private void WriteSections(GroupSelection groups, MatrixSelection? matrix, MapPayload? map)
    {
        var totals = new DuplicateTotals(report);
        new SummarySection(markup, report, totals, options).Write();
        if (options.Duplicates)
        {
            new DuplicatesSection(markup, report, totals, options).Write(groups);
        }

        if (matrix is not null)
        {
            new MatrixSection(markup, matrix).Write();
        }

        if (map is not null)
        {
            new MapSection(markup, report.Map!, map.WithCode).Write();
        }

        if (options.Coverage)
        {
            new CoverageSection(markup, report, options).Write();
        }

        WriteTimings();
    }

    private void WriteHeader()
    {
        markup.Raw("<header><div class=\"title\">").Element("h1", options.Title).Raw("<p>");
        var names = report.Coverage.Repositories.Select(repository => repository.Repository).ToArray();
        markup.Text(names.Length is > 0 and <= 3 ? string.Join(", ", names) : NumberText.Count(names.Length, "repository", "repositories"))
            .Raw(" <span class=\"dot\"></span> ").Time(report.CreatedAt).Raw(" <span class=\"dot\"></span> ")
            .Text($"XCoder {report.ToolVersion}").Raw("</p></div>\n<nav aria-label=\"Sections\">");
        if (options.Duplicates)
        {
            markup.Raw("<a href=\"#duplicates\">Duplicates</a>");
        }

        if (report.Concepts is not null)
        {
            markup.Raw("<a href=\"#concepts\">Concepts</a>");
        }

        if (report.Map is not null)
        {
            markup.Raw("<a href=\"#map\">Map</a>");
        }

        if (options.Coverage)
        {
            markup.Raw("<a href=\"#languages\">Languages</a><a href=\"#repositories\">Repositories</a><a href=\"#files\">Files</a>");
        }

        markup.Raw("</nav>\n<button type=\"button\" id=\"theme\" hidden>Theme: system</button></header>\n");
    }

    private void WriteTimings()
    {
        if (report.Timings.Count == 0)
        {
            return;
        }

        markup.Raw("<section id=\"timings\"><h2>Time</h2>\n").OpenTable("Seconds by stage", "Stage", "#Time");
        foreach (var (stage, seconds) in report.Timings)
        {
            markup.Raw("<tr>").Element("th", stage, "scope=\"row\"").Number(seconds, NumberText.Seconds(seconds)).Raw("</tr>\n");
        }

        markup.CloseTable().Raw("</section>\n");
    }
}
