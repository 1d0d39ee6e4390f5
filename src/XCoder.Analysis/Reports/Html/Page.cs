using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>The page around its sections.</summary>
internal sealed class Page(Markup markup, AnalysisReport report, Func<string, string?> code, HtmlReportOptions options)
{
    // Parts of one script, in this order, and their styles.
    private static readonly string[] Scripts = ["report.js", "report.groups.js", "report.matrix.js", "report.map.js"];
    private static readonly string[] Styles = ["report.css", "report.matrix.css", "report.map.css"];

    internal void Write()
    {
        var groups = GroupSelection.Of(report, code, options);
        var matrix = report.Gaps is { } concepts ? new MatrixSelection(report, concepts.Matrix, code, options) : null;
        var map = report.Map is { } points ? new MapPayload(points, code, options) : null;
        var js = string.Concat(Scripts.Select(Resource));
        WriteHead(string.Concat(Styles.Select(Resource)), js);
        WriteHeader();
        markup.Raw("<main id=\"main\">\n");
        WriteSections(groups, matrix, map);
        markup.Raw("</main>\n");
        if (options.Duplicates)
        {
            markup.WriteData("groups-data", new GroupData(groups, options).Render());
        }

        if (matrix is not null)
        {
            markup.WriteData("matrix-data", new MatrixPayload(matrix).Render());
        }

        if (map is not null)
        {
            markup.WriteData("map-data", map.Render());
        }

        markup.Raw("<script>").Raw(js).Raw("</script>\n</body>\n</html>\n");
    }

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
            new CoverageSection(markup, report.Coverage, options).Write();
        }

        WriteTimings();
    }

    private static string Resource(string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream($"XCoder.Analysis.Reports.Html.{name}")
            ?? throw new InvalidOperationException($"The library holds no resource '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // HTML reads CR LF as LF, and the policy's hash is of what was read.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private void WriteHead(string css, string js) => markup
        .Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {Hash(css)}; script-src {Hash(js)}; base-uri 'none'; form-action 'none'\">\n")
        .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
        .Element("title", options.Title).Raw("\n<style>").Raw(css).Raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n");

    private void WriteHeader()
    {
        var created = report.CreatedAt.ToUniversalTime();
        markup.Raw("<header><div class=\"title\">").Element("h1", options.Title).Raw("<p>");
        var names = report.Coverage.Repositories.Select(repository => repository.Repository).ToArray();
        markup.Text(names.Length is > 0 and <= 3 ? string.Join(", ", names) : Amounts.Count(names.Length, "repository", "repositories"))
            .Raw(" <span class=\"dot\"></span> <time datetime=\"").Text(created.ToString("O", CultureInfo.InvariantCulture)).Raw("\">")
            .Text(created.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)).Raw("</time> <span class=\"dot\"></span> ")
            .Text($"XCoder {report.ToolVersion}").Raw("</p></div>\n<nav aria-label=\"Sections\">");
        if (options.Duplicates)
        {
            markup.Raw("<a href=\"#duplicates\">Duplicates</a>");
        }

        if (report.Gaps is not null)
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
            markup.Raw("<tr>").Element("th", stage, "scope=\"row\"").Number(seconds, Amounts.Seconds(seconds)).Raw("</tr>\n");
        }

        markup.CloseTable().Raw("</section>\n");
    }
}
