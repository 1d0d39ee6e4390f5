using XCoder.Analysis.Indexing;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Writes the sections on languages, repositories, skipped files, losses and licences.</summary>
internal sealed class CoverageSection(Markup markup, AnalysisReport report, HtmlReportOptions options)
{
    private static readonly string[] LanguageHeadings = ["#Files", "#With errors", "#Bytes", "#Functions", "#Structures", "#Documented",
        "#Tests"];

    private readonly CoverageReport _coverage = report.Coverage;

    internal void Write()
    {
        markup.Raw("<section id=\"languages\"><h2>Languages</h2>\n")
            .OpenTable("Languages over all repositories", ["Language", .. LanguageHeadings]);
        foreach (var language in _coverage.Languages)
        {
            markup.Raw("<tr>").Element("th", language.Language, "scope=\"row\"");
            WriteLanguage(language);
            markup.Raw("</tr>\n");
        }

        markup.CloseTable().Raw("</section>\n");
        WriteRepositories();
        WriteFiles();
    }

    private void WriteRepositories()
    {
        markup.Raw("<section id=\"repositories\"><h2>Repositories</h2>\n");
        if (_coverage.Repositories.Count > 1)
        {
            WriteLanguagesByRepository();
        }

        markup.OpenTable("Origin and licences", "Repository", "Remote", "Commit", "#Files", "#Skipped", "#Bytes",
            "Licences of parsed files");
        foreach (var repository in _coverage.Repositories.Take(options.MaxRows))
        {
            var commit = repository.Commit is { Length: > 12 } hash ? hash[..12] : repository.Commit ?? "";
            markup.Raw("<tr>").Element("th", repository.Repository, "scope=\"row\"").Raw("<td class=\"path\">");
            _ = RemotePage.Of(repository.Remote, repository.Commit) is { Repository: var page }
                ? markup.Raw("<a rel=\"noopener noreferrer\" href=\"").Text(page).Raw("\">").Text(page).Raw("</a>")
                : markup.Text(repository.Remote ?? "");
            markup.Raw("</td><td>").Element("code", commit).Raw("</td>")
                .Number(repository.Files.Parsed).Number(repository.Files.Seen - repository.Files.Parsed)
                .Number(repository.Bytes, NumberText.Bytes(repository.Bytes))
                .Element("td", string.Join(", ", repository.Licences.Select(licence => $"{licence.Key} {NumberText.Count(licence.Value)}")))
                .Raw("</tr>\n");
        }

        markup.CloseTable();
        WriteRest(_coverage.Repositories.Count);
        markup.Raw("</section>\n");
    }

    private void WriteLanguagesByRepository()
    {
        var rows = _coverage.Repositories.SelectMany(repository => repository.Languages.Select(language => (repository, language)))
            .ToArray();
        markup.OpenTable("Languages by repository", ["Repository", "Language", .. LanguageHeadings]);
        foreach (var (repository, language) in rows.Take(options.MaxRows))
        {
            markup.Raw("<tr>").Element("th", repository.Repository, "scope=\"row\"").Element("td", language.Language);
            WriteLanguage(language);
            markup.Raw("</tr>\n");
        }

        markup.CloseTable();
        WriteRest(rows.Length);
    }

    private void WriteFiles()
    {
        var files = _coverage.Files;
        markup.Raw("<section id=\"files\"><h2>Files</h2>\n")
            .Element("p", $"{NumberText.Count(files.Seen, "file")} seen, {NumberText.Count(files.Parsed)} parsed, "
            + $"{NumberText.Count(files.WithErrors)} of these with syntax "
                + $"errors, {NumberText.Count(files.InvalidUtf8)} with bytes that are not UTF-8.", "class=\"note\"");
        markup.Raw("\n<div class=\"pair\">").OpenTable("Skipped files by reason", "Reason", "#Files");
        foreach (var (reason, count) in files.Skipped.OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            markup.Raw("<tr>").Element("th", reason, "scope=\"row\"").Number(count).Raw("</tr>\n");
        }

        markup.CloseTable().OpenTable("Licences of parsed files", "SPDX expression", "#Files");
        foreach (var licence in _coverage.Repositories.SelectMany(repository => repository.Licences)
            .GroupBy(pair => pair.Key, pair => pair.Value)
            .Select(group => (group.Key, Count: group.Sum())).OrderByDescending(licence => licence.Count)
            .ThenBy(licence => licence.Key, StringComparer.Ordinal))
        {
            markup.Raw("<tr>").Element("th", licence.Key, "scope=\"row\"").Number(licence.Count).Raw("</tr>\n");
        }

        markup.CloseTable().Raw("</div>\n");
        WriteLosses();
        markup.Raw("</section>\n");
    }

    private void WriteLosses()
    {
        if (_coverage.Losses.Count == 0)
        {
            return;
        }

        markup.Raw("<h3 id=\"losses\">Lost files</h3>\n")
            .OpenTable("Files that should have been analysed and were not", "File", "Reason", "What happened");
        foreach (var loss in _coverage.Losses.Take(options.MaxRows))
        {
            // A system's message names the file in full; the page leaves out where the repository lies on this machine.
            var detail = report.Roots.GetValueOrDefault(loss.Repository) is { Length: > 1 } root
                ? loss.Detail.Replace(root, loss.Repository, StringComparison.Ordinal) : loss.Detail;
            markup.Raw("<tr>").Element("th", $"{loss.Repository}/{loss.Path}", "scope=\"row\" class=\"path\"").Element("td", loss.Reason)
                .Element("td", detail).Raw("</tr>\n");
        }

        markup.CloseTable();
        WriteRest(_coverage.Losses.Count);
    }

    private void WriteLanguage(LanguageCoverage language) => markup
        .Number(language.Files).Number(language.WithErrors).Number(language.Bytes, NumberText.Bytes(language.Bytes))
        .Number(language.Functions).Number(language.Structures)
        .Number(Ratio(language.Documented, language.Snippets), NumberText.Share(language.Documented, language.Snippets))
        .Number(Ratio(language.Tests, language.Snippets), NumberText.Share(language.Tests, language.Snippets));

    private void WriteRest(int rows)
    {
        if (rows > options.MaxRows)
        {
            markup.Element("p", $"{NumberText.Count(options.MaxRows)} of {NumberText.Count(rows)} rows; report.json holds all.",
                "class=\"note\"").Raw("\n");
        }
    }

    private static double Ratio(int part, int whole) => whole == 0 ? -1 : (double)part / whole;
}

/// <summary>Writes the tiles and charts at the top of the page.</summary>
internal sealed class SummarySection(Markup markup, AnalysisReport report, DuplicateTotals totals, HtmlReportOptions options)
{
    internal void Write()
    {
        var coverage = report.Coverage;
        var snippets = coverage.Languages.Sum(language => (long)language.Snippets);
        var documented = coverage.Languages.Sum(language => (long)language.Documented);
        WriteLosses();
        markup.Raw("<section aria-label=\"Summary\"><dl class=\"tiles\">\n");
        markup.Tile("Files parsed", NumberText.Count(coverage.Files.Parsed), $"of {NumberText.Count(coverage.Files.Seen)} seen");
        markup.Tile("Source", NumberText.Bytes(coverage.Bytes), NumberText.Count(coverage.Languages.Count, "language"));
        markup.Tile("Snippets", NumberText.Count(snippets), "functions, structures");
        markup.Tile("Documented", NumberText.Share(documented, snippets),
            $"{NumberText.Count(documented)} of {NumberText.Count(snippets)}");
        if (options.Duplicates)
        {
            markup.Tile("To remove", NumberText.Share(totals.HeadlineShare), "of the code outside tests");
            markup.Tile("Copies to remove", NumberText.Count(totals.Headline.Copies),
                $"{NumberText.Count(totals.Headline.Tokens, "token")} in {NumberText.Count(totals.Headline.Groups, "group")}");
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
            markup.Raw("<p class=\"alert\"><strong>").Text(NumberText.Count(losses.Count, "file"))
                .Raw("</strong> should have been analysed and ")
                .Raw(losses.Count == 1 ? "was" : "were").Raw(" not. <a href=\"#losses\">Which and why</a></p>\n");
        }
    }

    private void WriteCharts()
    {
        var charts = new Charts(markup);
        var languages = report.Coverage.Languages;
        charts.Bars("Source by language",
            [.. languages.OrderByDescending(language => language.Bytes)
                .Select(language => (language.Language, new double[] { language.Bytes }, NumberText.Bytes(language.Bytes)))]);
        charts.Bars("Functions and structures by language",
            [.. languages.OrderByDescending(language => language.Snippets)
                .Select(language => (language.Language, new double[] { language.Snippets }, NumberText.Count(language.Snippets)))]);
        charts.Columns("Sizes of functions and structures", "tokens, upper bound of each class",
            [.. report.Sizes.Select((size, i) => (Bound(size.Key, i), (long)size.Value))]);
    }

    private string Bound(int bound, int index) =>
        bound != int.MaxValue ? NumberText.Count(bound) : index > 0 ? "more" : "all";
}
