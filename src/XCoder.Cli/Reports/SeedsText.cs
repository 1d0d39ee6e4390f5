using System.Globalization;
using Spectre.Console;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Seeds;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders seeds for a terminal.</summary>
internal static class SeedsText
{
    /// <summary>
    /// Writes how many functions were chosen, and a row for each seed, followed by its code if <paramref name="code"/> is given.
    /// </summary>
    public static void Write(IAnsiConsole console, SeedSelection selection, SemanticBasis basis, Func<string, string?>? code = null)
    {
        var concepts = selection.Seeds.Where(seed => seed.Concept is not null).Select(seed => seed.Concept).Distinct().Count();
        var languages = selection.Seeds.Select(seed => seed.Snippet.Language).Distinct().Count();
        var (functions, found) = (NumberText.Count(selection.Candidates, "function"), NumberText.Count(selection.Concepts, "concept"));
        console.Paragraph(
            $"Seeds: {NumberText.Count(selection.Seeds.Count)} of {functions}, from {NumberText.Count(concepts)} of {found} and "
                + $"{NumberText.Count(languages, "language")}; one per duplicate group. {ThresholdText.Of(basis)}");
        if (selection.Rejected.Count > 0)
        {
            console.Paragraph("Left out: " + Rejected(selection.Rejected));
        }

        if (selection.Seeds.Count == 0)
        {
            return;
        }

        if (code is null)
        {
            Table(selection.Seeds).Write(console);
            return;
        }

        foreach (var seed in selection.Seeds)
        {
            console.Line();
            Table([seed]).Write(console);
            foreach (var line in SafeText.ForLines(code(seed.Snippet.Id) ?? "").Split('\n'))
            {
                console.Line($"    {line}".TrimEnd());
            }
        }
    }

    /// <summary>Names the functions that cannot be seeds, by reason.</summary>
    public static string Rejected(IReadOnlyDictionary<SeedRejection, int> rejected) => string.Join(", ", rejected.OrderBy(pair => pair.Key)
        .Select(pair => $"{NumberText.Count(pair.Value)} {Name(pair.Key)}"));

    private static ReportTable Table(IReadOnlyList<Seed> seeds)
    {
        var table = new ReportTable(
            new ReportColumn("Quality", 9, IsNumber: true), new ReportColumn("Language", 8), new ReportColumn("Concept", 7, MinWidth: 16),
            new ReportColumn("Function", 10, MinWidth: 20),
            new ReportColumn("Place", 6, KeepEnd: true, MinWidth: 20), new ReportColumn("Tokens", 2, IsNumber: true),
            new ReportColumn("Id", 1, MinWidth: 20));
        foreach (var seed in seeds)
        {
            table.Add(
                seed.Quality.Total.ToString("0.00", CultureInfo.InvariantCulture), seed.Snippet.Language, seed.Label ?? "-",
                seed.Snippet.QualifiedName, SnippetPlace.Of(seed.Snippet), NumberText.Count(seed.Snippet.Tokens), seed.Snippet.Id);
        }

        return table;
    }

    private static string Name(SeedRejection reason) => reason switch
    {
        SeedRejection.Test => "tests",
        SeedRejection.Errors => "with syntax errors",
        SeedRejection.TooShort => "too short",
        SeedRejection.TooLong => "too long",
        SeedRejection.Constructor => "constructors",
        SeedRejection.Accessor => "accessors",
        SeedRejection.Trivial => "trivial",
        SeedRejection.Benchmark => "with parts of benchmarks",
        SeedRejection.Undecodable => "with characters that could not be decoded",
        _ => "generated",
    };
}
