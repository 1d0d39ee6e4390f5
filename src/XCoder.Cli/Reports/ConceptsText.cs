using System.Globalization;
using Spectre.Console;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders concepts and gaps for a terminal.</summary>
internal static class ConceptsText
{
    private const int MostColumns = 12;

    /// <summary>Writes the top of the matrix: one row per concept, one column per language.</summary>
    /// <param name="console">Receives the table and limits its width.</param>
    /// <param name="report">The concepts.</param>
    /// <param name="most">Largest number of rows.</param>
    public static void WriteMatrix(IAnsiConsole console, ConceptReport report, int most)
    {
        var matrix = report.Matrix;
        var rows = report.Language is { } only ? [.. matrix.Rows.Where(row => row.Cells.ContainsKey(only))] : matrix.Rows;
        var functions = NumberText.Count(matrix.Functions, "function");
        console.Paragraph(
            $"Concepts: {NumberText.Count(matrix.Rows.Count)} of {functions} in {NumberText.Count(matrix.Languages.Count, "language")}, "
                + $"{NumberText.Count(matrix.Noise)} in none "
                + $"(mean margin >= {NumberText.Plain(matrix.Margin)}, model {matrix.Model}; tests and functions "
                + $"under {matrix.MinTokens} tokens left out; tested: named by a test of its repository and language)");
        if (rows.Count == 0)
        {
            return;
        }

        var languages = matrix.Languages.Take(MostColumns).Select(language => language.Language).ToList();
        var hasPairs = rows.Any(row => row.Total.Pairs > 0);
        var table = new ReportTable(
            [
                new ReportColumn("Concept", 100, MinWidth: 28),
                new ReportColumn("Languages", 99, IsNumber: true),
                new ReportColumn("Functions", 98, IsNumber: true),
                new ReportColumn("Documented", 50, IsNumber: true),
                new ReportColumn("Tested", 49, IsNumber: true),
                .. hasPairs ? (ReportColumn[])[new ReportColumn("Pairs", 48, IsNumber: true)] : [],
                .. languages.Select((language, i) => new ReportColumn(language, 40 - i, IsNumber: true)),
            ]);
        foreach (var row in rows.Take(most))
        {
            table.Add(
                [
                    row.Label,
                    NumberText.Count(row.Cells.Count),
                    NumberText.Count(row.Total.Snippets),
                    NumberText.Share(row.Total.Documented, row.Total.Snippets),
                    NumberText.Share(row.Total.Tested, row.Total.Snippets),
                    .. hasPairs ? (string[])[NumberText.Count(row.Total.Pairs)] : [],
                    .. languages.Select(language => row.Cells.TryGetValue(language, out var cell) ? NumberText.Count(cell.Snippets) : "-"),
                ]);
        }

        table.Write(console);
        WriteRest(console, rows.Count - most, "concepts");
    }

    /// <summary>Writes the gaps and, if the report has them, the functions without a partner.</summary>
    /// <param name="console">Receives the tables and limits their width.</param>
    /// <param name="report">The gaps.</param>
    /// <param name="most">Largest number of rows of each table.</param>
    public static void WriteGaps(IAnsiConsole console, ConceptReport report, int most)
    {
        console.Paragraph(
            $"Gaps: {NumberText.Count(report.AllGaps, "case")} where {report.Language ?? "a language"} lacks a concept of several others, "
                + $"under any name; those of projects that have code in the language first. Score: share of the languages that "
                + $"have it (higher if documented or tested), lowered by similar functions; {ThresholdText.Of(report.Basis)}");
        var shown = report.Language is null ? WriteByConcept(console, report.Gaps, most) : WriteOfLanguage(console, report.Gaps, most);
        WriteRest(console, report.AllGaps - shown, "gaps");
        if (report.Functions is { } functions)
        {
            WriteFunctions(console, report, functions, most);
        }
    }

    // A concept may be missing in several languages; it gets one row, ordered by its widest gap.
    private static int WriteByConcept(IAnsiConsole console, IReadOnlyList<ConceptGap> gaps, int most)
    {
        var concepts = gaps.GroupBy(gap => gap.Row.Concept).Take(most).Select(group => group.ToList()).ToList();
        var table = new ReportTable(
            new ReportColumn("Score", 9, IsNumber: true), new ReportColumn("Concept", 10, MinWidth: 24),
            new ReportColumn("In", 7, IsNumber: true), new ReportColumn("Languages", 2, MinWidth: 16),
            new ReportColumn("Missing in", 8, MinWidth: 24), new ReportColumn("Example", 1, KeepEnd: true, MinWidth: 16));
        foreach (var concept in concepts)
        {
            var (row, languages) = (concept[0].Row, concept[0].Languages);
            table.Add(Number(concept[0].Score), row.Label, NumberText.Count(languages.Count), string.Join(' ', languages),
                string.Join(' ', concept.Select(gap => gap.Language)), SnippetPlace.Of(row.Representative));
        }

        WriteTable(console, table);
        return concepts.Sum(concept => concept.Count);
    }

    private static int WriteOfLanguage(IAnsiConsole console, IReadOnlyList<ConceptGap> gaps, int most)
    {
        var table = new ReportTable(
            new ReportColumn("Score", 9, IsNumber: true), new ReportColumn("Concept", 10, MinWidth: 24),
            new ReportColumn("In", 7, IsNumber: true), new ReportColumn("Languages", 2, MinWidth: 16),
            new ReportColumn("Margin", 5, IsNumber: true), new ReportColumn("Nearest there", 4, MinWidth: 14),
            new ReportColumn("Example", 1, KeepEnd: true, MinWidth: 16));
        foreach (var gap in gaps.Take(most))
        {
            table.Add(Number(gap.Score), gap.Row.Label, NumberText.Count(gap.Languages.Count), string.Join(' ', gap.Languages),
                Margin(gap.Nearest), Name(gap.Nearest), SnippetPlace.Of(gap.Row.Representative));
        }

        WriteTable(console, table);
        return table.Count;
    }

    private static void WriteTable(IAnsiConsole console, ReportTable table)
    {
        if (table.Count > 0)
        {
            table.Write(console);
        }
    }

    private static void WriteFunctions(IAnsiConsole console, ConceptReport report, IReadOnlyList<FunctionGap> functions, int most)
    {
        console.Line();
        console.Paragraph(
            $"Without a partner in {report.Language}: {NumberText.Count(report.AllFunctions, "function")}, documented ones and those of "
                + $"concepts in many languages first");
        if (functions.Count == 0)
        {
            return;
        }

        var table = new ReportTable(
            new ReportColumn("Language", 9), new ReportColumn("Function", 10, MinWidth: 16), new ReportColumn("Concept", 7, MinWidth: 14),
            new ReportColumn("In", 6, IsNumber: true),
            new ReportColumn("Documented", 3), new ReportColumn("Margin", 2, IsNumber: true), new ReportColumn("Nearest there", 1),
            new ReportColumn("Place", 8, KeepEnd: true, MinWidth: 20));
        foreach (var gap in functions.Take(most))
        {
            table.Add(gap.Snippet.Language, gap.Snippet.QualifiedName, gap.Label ?? "-", NumberText.Count(gap.Languages),
                gap.Snippet.Documentation is null ? "no" : "yes", Margin(gap.Nearest), Name(gap.Nearest), SnippetPlace.Of(gap.Snippet));
        }

        table.Write(console);
        WriteRest(console, report.AllFunctions - Math.Min(most, functions.Count), "functions");
    }

    private static void WriteRest(IAnsiConsole console, int rest, string what)
    {
        if (rest > 0)
        {
            console.Line($"and {NumberText.Count(rest)} more {what} (--concepts N, --format json)", ReportConsole.Dim);
        }
    }

    private static string Name(NearSnippet? near) => near?.Snippet.QualifiedName ?? "nothing";

    private static string Margin(NearSnippet? near) => near is null ? "-" : Number(near.Margin);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
