using System.Globalization;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Seeds;

namespace XCoder.Analysis.Reports;

/// <summary>Renders seeds for a terminal.</summary>
public static class SeedsText
{
    /// <summary>Writes what was chosen from what, and a row a seed; its code below it where <paramref name="code"/> gives some.</summary>
    public static void Write(TextWriter writer, SeedSelection selection, SemanticBasis basis, TextOptions options, Func<string, string?>? code = null)
    {
        options.Validate();
        var concepts = selection.Seeds.Where(seed => seed.Concept is not null).Select(seed => seed.Concept).Distinct().Count();
        var languages = selection.Seeds.Select(seed => seed.Snippet.Language).Distinct().Count();
        TextLines.Write(
            writer,
            $"Seeds: {Amounts.Count(selection.Seeds.Count)} of {Amounts.Count(selection.Candidates, "function")}, of {Amounts.Count(concepts)} of {Amounts.Count(selection.Concepts, "concept")} and {Amounts.Count(languages, "language")}; "
            + $"one a duplicate group. {ThresholdText.Of(basis)}",
            options);
        if (selection.Rejected.Count > 0)
        {
            TextLines.Write(writer, "Left out: " + string.Join(", ", selection.Rejected.OrderBy(pair => pair.Key).Select(pair => $"{Amounts.Count(pair.Value)} {Name(pair.Key)}")), options);
        }

        if (selection.Seeds.Count == 0)
        {
            return;
        }

        if (code is null)
        {
            Table(selection.Seeds).Write(writer, options);
            return;
        }

        foreach (var seed in selection.Seeds)
        {
            writer.WriteLine();
            Table([seed]).Write(writer, options);
            foreach (var line in SafeText.ForLines(code(seed.Snippet.Id) ?? "").Split('\n'))
            {
                writer.WriteLine($"    {line}".TrimEnd());
            }
        }
    }

    private static TextTable Table(IReadOnlyList<Seed> seeds)
    {
        var table = new TextTable(
            new TextColumn("Quality", 9, IsNumber: true), new TextColumn("Language", 8), new TextColumn("Concept", 7, MinWidth: 16), new TextColumn("Function", 10, MinWidth: 20),
            new TextColumn("Place", 6, KeepEnd: true, MinWidth: 20), new TextColumn("Tokens", 2, IsNumber: true), new TextColumn("Id", 1, MinWidth: 20));
        foreach (var seed in seeds)
        {
            table.Add(
                seed.Quality.Total.ToString("0.00", CultureInfo.InvariantCulture), seed.Snippet.Language, seed.Label ?? "-", seed.Snippet.QualifiedName, TextLines.Place(seed.Snippet), Amounts.Count(seed.Snippet.Tokens), seed.Snippet.Id);
        }

        return table;
    }

    private static string Name(SeedRejection reason) => reason switch
    {
        SeedRejection.Test => "tests",
        SeedRejection.Errors => "with syntax errors",
        SeedRejection.TooShort => "too short",
        SeedRejection.TooLong => "too long",
        SeedRejection.Trivial => "trivial",
        SeedRejection.Benchmark => "with parts of benchmarks",
        _ => "generated",
    };
}
