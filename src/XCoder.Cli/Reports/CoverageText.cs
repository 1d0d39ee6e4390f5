using Spectre.Console;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders coverage for a terminal.</summary>
internal static class CoverageText
{
    // Number of lost files that are listed; the rest is only counted.
    private const int TopLosses = 20;

    /// <summary>Writes files seen and skipped, languages in total and by repository, licences and losses.</summary>
    public static void Write(IAnsiConsole console, CoverageReport coverage)
    {
        WriteFiles(console, coverage);
        console.Line();
        WriteLanguages(console, coverage.Languages);
        foreach (var repository in coverage.Repositories)
        {
            console.Line();
            var commit = repository.Commit is { Length: > 12 } hash ? hash[..12] : repository.Commit;
            var facts = string.Join(" ", new[] { repository.Remote, commit }.Where(fact => fact is not null));
            console.Paragraph(facts.Length > 0 ? $"{repository.Repository} ({facts})" : repository.Repository);
            WriteLanguages(console, repository.Languages);
            if (repository.Licences.Count > 0)
            {
                console.Paragraph("Licences: " + Counts(repository.Licences));
            }
        }

        WriteLosses(console, coverage.Losses);
    }

    internal static void WriteFiles(IAnsiConsole console, CoverageReport coverage)
    {
        var files = coverage.Files;
        var notes = new List<string>();
        if (files.WithErrors > 0)
        {
            notes.Add($"{NumberText.Count(files.WithErrors)} with syntax errors");
        }

        if (files.InvalidUtf8 > 0)
        {
            notes.Add($"{NumberText.Count(files.InvalidUtf8)} with bytes that are not UTF-8");
        }

        var parsed = notes.Count > 0 ? $"{NumberText.Count(files.Parsed)} parsed ({string.Join(", ", notes)})"
            : $"{NumberText.Count(files.Parsed)} parsed";
        console.Paragraph(
            $"{NumberText.Count(coverage.Repositories.Count, "repository", "repositories")}: {NumberText.Count(files.Seen, "file")} seen, "
                + $"{parsed}, {NumberText.Count(files.Seen - files.Parsed)} skipped; {NumberText.Bytes(coverage.Bytes)} of source");
        if (files.Skipped.Count > 0)
        {
            console.Paragraph(
                "Skipped: " + Counts(files.Skipped.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)));
        }
    }

    internal static void WriteLanguages(IAnsiConsole console, IReadOnlyList<LanguageCoverage> languages)
    {
        var table = new ReportTable(
            new ReportColumn("Language", 9),
            new ReportColumn("Files", 7, IsNumber: true),
            new ReportColumn("Bytes", 3, IsNumber: true),
            new ReportColumn("Functions", 6, IsNumber: true),
            new ReportColumn("Structures", 5, IsNumber: true),
            new ReportColumn("Documented", 4, IsNumber: true),
            new ReportColumn("Tests", 2, IsNumber: true));
        foreach (var language in languages)
        {
            table.Add(
                language.Language,
                NumberText.Count(language.Files),
                NumberText.Bytes(language.Bytes),
                NumberText.Count(language.Functions),
                NumberText.Count(language.Structures),
                NumberText.Share(language.Documented, language.Snippets),
                NumberText.Share(language.Tests, language.Snippets));
        }

        table.Write(console);
    }

    internal static void WriteLosses(IAnsiConsole console, IReadOnlyList<FileLoss> losses, int most = TopLosses)
    {
        if (losses.Count == 0)
        {
            return;
        }

        console.Line();
        console.Line($"Lost: {NumberText.Count(losses.Count, "file")}", ReportConsole.Warning);
        foreach (var loss in losses.Take(most))
        {
            console.Paragraph($"  {loss.Repository}/{loss.Path}: {loss.Reason}, {loss.Detail}", "    ");
        }

        if (losses.Count > most)
        {
            console.Line($"  and {NumberText.Count(losses.Count - most)} more");
        }
    }

    private static string Counts(IEnumerable<KeyValuePair<string, int>> counts) =>
        string.Join(", ", counts.Select(pair => $"{NumberText.Count(pair.Value)} {pair.Key}"));
}
