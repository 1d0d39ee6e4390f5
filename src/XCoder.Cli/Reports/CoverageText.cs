using Spectre.Console;
using XCoder.Analysis.Coverage;
using XCoder.Analysis.Reports;

namespace XCoder.Cli.Reports;

/// <summary>Renders coverage for a terminal.</summary>
internal static class CoverageText
{
    // Lost files that are named; the rest is counted.
    private const int TopLosses = 20;

    /// <summary>Writes what was seen and skipped, languages in all and by repository, licences and losses.</summary>
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
            notes.Add($"{Amounts.Count(files.WithErrors)} with syntax errors");
        }

        if (files.InvalidUtf8 > 0)
        {
            notes.Add($"{Amounts.Count(files.InvalidUtf8)} with bytes that are no UTF-8");
        }

        var parsed = notes.Count > 0 ? $"{Amounts.Count(files.Parsed)} parsed ({string.Join(", ", notes)})" : $"{Amounts.Count(files.Parsed)} parsed";
        console.Paragraph($"{Amounts.Count(coverage.Repositories.Count, "repository", "repositories")}: {Amounts.Count(files.Seen, "file")} seen, {parsed}, "
            + $"{Amounts.Count(files.Seen - files.Parsed)} skipped; {Amounts.Bytes(coverage.Bytes)} of source");
        if (files.Skipped.Count > 0)
        {
            console.Paragraph("Skipped: " + Counts(files.Skipped.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)));
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
                Amounts.Count(language.Files),
                Amounts.Bytes(language.Bytes),
                Amounts.Count(language.Functions),
                Amounts.Count(language.Structures),
                Amounts.Share(language.Documented, language.Snippets),
                Amounts.Share(language.Tests, language.Snippets));
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
        console.Line($"Lost: {Amounts.Count(losses.Count, "file")}", ReportConsole.Warning);
        foreach (var loss in losses.Take(most))
        {
            console.Paragraph($"  {loss.Repository}/{loss.Path}: {loss.Reason}, {loss.Detail}", "    ");
        }

        if (losses.Count > most)
        {
            console.Line($"  and {Amounts.Count(losses.Count - most)} more");
        }
    }

    private static string Counts(IEnumerable<KeyValuePair<string, int>> counts) =>
        string.Join(", ", counts.Select(pair => $"{Amounts.Count(pair.Value)} {pair.Key}"));
}
