using System.Globalization;
using XCoder.Analysis.Coverage;

namespace XCoder.Analysis.Reports;

/// <summary>Renders concepts and gaps for a terminal.</summary>
public static class ConceptsText
{
    private const int MostColumns = 12;

    /// <summary>Writes the top of the matrix: a row a concept, a column a language.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">Concepts.</param>
    /// <param name="most">Most rows.</param>
    /// <param name="options">Layout.</param>
    public static void WriteMatrix(TextWriter writer, ConceptReport report, int most, TextOptions options)
    {
        options.Validate();
        var matrix = report.Matrix;
        var rows = report.Language is { } only ? [.. matrix.Rows.Where(row => row.Cells.ContainsKey(only))] : matrix.Rows;
        TextLines.Write(
            writer,
            $"Concepts: {Amounts.Count(matrix.Rows.Count)} of {Amounts.Count(matrix.Functions, "function")} in {Amounts.Count(matrix.Languages.Count, "language")}, {Amounts.Count(matrix.Noise)} in none "
            + $"(mean margin >= {Amounts.Plain(matrix.Margin)}, model {matrix.Model}; tests and functions under {matrix.MinTokens} tokens left out; tested: named by a test of its repository and language)",
            options);
        if (rows.Count == 0)
        {
            return;
        }

        var languages = matrix.Languages.Take(MostColumns).Select(language => language.Language).ToList();
        var hasPairs = rows.Any(row => row.Total.Pairs > 0);
        var table = new TextTable(
            [
                new TextColumn("Concept", 100, MinWidth: 28),
                new TextColumn("Languages", 99, IsNumber: true),
                new TextColumn("Functions", 98, IsNumber: true),
                new TextColumn("Documented", 50, IsNumber: true),
                new TextColumn("Tested", 49, IsNumber: true),
                .. hasPairs ? (TextColumn[])[new TextColumn("Pairs", 48, IsNumber: true)] : [],
                .. languages.Select((language, i) => new TextColumn(language, 40 - i, IsNumber: true)),
            ]);
        foreach (var row in rows.Take(most))
        {
            table.Add(
                [
                    row.Label,
                    Amounts.Count(row.Cells.Count),
                    Amounts.Count(row.Total.Snippets),
                    Amounts.Share(row.Total.Documented, row.Total.Snippets),
                    Amounts.Share(row.Total.Tested, row.Total.Snippets),
                    .. hasPairs ? (string[])[Amounts.Count(row.Total.Pairs)] : [],
                    .. languages.Select(language => row.Cells.TryGetValue(language, out var cell) ? Amounts.Count(cell.Snippets) : "-"),
                ]);
        }

        table.Write(writer, options);
        WriteRest(writer, rows.Count - most, "concepts", options);
    }

    /// <summary>Writes the gaps, and below them the functions without a partner where they were asked for.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="report">Gaps.</param>
    /// <param name="most">Most rows of each.</param>
    /// <param name="options">Layout.</param>
    public static void WriteGaps(TextWriter writer, ConceptReport report, int most, TextOptions options)
    {
        options.Validate();
        TextLines.Write(writer, $"Gaps: {Amounts.Count(report.AllGaps)} times a concept of several languages is missing in {report.Language ?? "one"}. Score: share of the languages that have it (documented, tested: more), less what comes near; {ThresholdText.Of(report.Basis)}", options);
        var shown = report.Language is null ? WriteByConcept(writer, report.Gaps, most, options) : WriteOfLanguage(writer, report.Gaps, most, options);
        WriteRest(writer, report.AllGaps - shown, "gaps", options);
        if (report.Functions is { } functions)
        {
            WriteFunctions(writer, report, functions, most, options);
        }
    }

    // A concept misses in many languages at once: one row, by its widest gap.
    private static int WriteByConcept(TextWriter writer, IReadOnlyList<ConceptGap> gaps, int most, TextOptions options)
    {
        var concepts = gaps.GroupBy(gap => gap.Row.Concept).Take(most).Select(group => group.ToList()).ToList();
        var table = new TextTable(
            new TextColumn("Score", 9, IsNumber: true), new TextColumn("Concept", 10, MinWidth: 24), new TextColumn("In", 7, IsNumber: true), new TextColumn("Languages", 2, MinWidth: 16),
            new TextColumn("Missing in", 8, MinWidth: 24), new TextColumn("Example", 1, KeepEnd: true, MinWidth: 16));
        foreach (var concept in concepts)
        {
            var (row, languages) = (concept[0].Row, concept[0].Languages);
            table.Add(Number(concept[0].Score), row.Label, Amounts.Count(languages.Count), string.Join(' ', languages), string.Join(' ', concept.Select(gap => gap.Language)), TextLines.Place(row.Representative));
        }

        WriteTable(writer, table, options);
        return concepts.Sum(concept => concept.Count);
    }

    private static int WriteOfLanguage(TextWriter writer, IReadOnlyList<ConceptGap> gaps, int most, TextOptions options)
    {
        var table = new TextTable(
            new TextColumn("Score", 9, IsNumber: true), new TextColumn("Concept", 10, MinWidth: 24), new TextColumn("In", 7, IsNumber: true), new TextColumn("Languages", 2, MinWidth: 16),
            new TextColumn("Margin", 5, IsNumber: true), new TextColumn("Nearest there", 4, MinWidth: 14), new TextColumn("Example", 1, KeepEnd: true, MinWidth: 16));
        foreach (var gap in gaps.Take(most))
        {
            table.Add(Number(gap.Score), gap.Row.Label, Amounts.Count(gap.Languages.Count), string.Join(' ', gap.Languages), Margin(gap.Nearest), Name(gap.Nearest), TextLines.Place(gap.Row.Representative));
        }

        WriteTable(writer, table, options);
        return table.Count;
    }

    private static void WriteTable(TextWriter writer, TextTable table, TextOptions options)
    {
        if (table.Count > 0)
        {
            table.Write(writer, options);
        }
    }

    private static void WriteFunctions(TextWriter writer, ConceptReport report, IReadOnlyList<FunctionGap> functions, int most, TextOptions options)
    {
        writer.WriteLine();
        TextLines.Write(writer, $"Without a partner in {report.Language}: {Amounts.Count(report.AllFunctions, "function")}, documented ones and those of concepts in many languages first", options);
        if (functions.Count == 0)
        {
            return;
        }

        var table = new TextTable(
            new TextColumn("Language", 9), new TextColumn("Function", 10, MinWidth: 16), new TextColumn("Concept", 7, MinWidth: 14), new TextColumn("In", 6, IsNumber: true),
            new TextColumn("Documented", 3), new TextColumn("Margin", 2, IsNumber: true), new TextColumn("Nearest there", 1), new TextColumn("Place", 8, KeepEnd: true, MinWidth: 20));
        foreach (var gap in functions.Take(most))
        {
            table.Add(gap.Snippet.Language, gap.Snippet.QualifiedName, gap.Label ?? "-", Amounts.Count(gap.Languages), gap.Snippet.Documentation is null ? "no" : "yes", Margin(gap.Nearest), Name(gap.Nearest), TextLines.Place(gap.Snippet));
        }

        table.Write(writer, options);
        WriteRest(writer, report.AllFunctions - Math.Min(most, functions.Count), "functions", options);
    }

    private static void WriteRest(TextWriter writer, int rest, string what, TextOptions options)
    {
        if (rest > 0)
        {
            writer.WriteLine(TextStyle.Dim($"and {Amounts.Count(rest)} more {what} (--concepts N, --format json)", options));
        }
    }

    private static string Name(NearSnippet? near) => near?.Snippet.QualifiedName ?? "nothing";

    private static string Margin(NearSnippet? near) => near is null ? "-" : Number(near.Margin);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
