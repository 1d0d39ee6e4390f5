using XCoder.Analysis.Coverage;

namespace XCoder.Analysis.Reports;

/// <summary>Renders coverage for a terminal.</summary>
public static class CoverageText
{
    /// <summary>Writes what was seen and skipped, languages in all and by repository, licences and losses.</summary>
    public static void Write(TextWriter writer, CoverageReport coverage, TextOptions options)
    {
        options.Validate();
        WriteFiles(writer, coverage, options);
        writer.WriteLine();
        WriteLanguages(writer, coverage.Languages, options);
        foreach (var repository in coverage.Repositories)
        {
            writer.WriteLine();
            var commit = repository.Commit is { Length: > 12 } hash ? hash[..12] : repository.Commit;
            var facts = string.Join(" ", new[] { repository.Remote, commit }.Where(fact => fact is not null));
            TextLines.Write(writer, facts.Length > 0 ? $"{repository.Repository} ({facts})" : repository.Repository, options);
            WriteLanguages(writer, repository.Languages, options);
            if (repository.Licences.Count > 0)
            {
                TextLines.Write(writer, "Licences: " + Counts(repository.Licences), options);
            }
        }

        WriteLosses(writer, coverage.Losses, options);
    }

    internal static void WriteFiles(TextWriter writer, CoverageReport coverage, TextOptions options)
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
        TextLines.Write(
            writer,
            $"{Amounts.Count(coverage.Repositories.Count, "repository", "repositories")}: {Amounts.Count(files.Seen, "file")} seen, {parsed}, "
            + $"{Amounts.Count(files.Seen - files.Parsed)} skipped; {Amounts.Bytes(coverage.Bytes)} of source",
            options);
        if (files.Skipped.Count > 0)
        {
            TextLines.Write(
                writer,
                "Skipped: " + Counts(files.Skipped.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)),
                options);
        }
    }

    internal static void WriteLanguages(TextWriter writer, IReadOnlyList<LanguageCoverage> languages, TextOptions options)
    {
        var table = new TextTable(
            new TextColumn("Language", 9),
            new TextColumn("Files", 7, IsNumber: true),
            new TextColumn("Bytes", 3, IsNumber: true),
            new TextColumn("Functions", 6, IsNumber: true),
            new TextColumn("Structures", 5, IsNumber: true),
            new TextColumn("Documented", 4, IsNumber: true),
            new TextColumn("Tests", 2, IsNumber: true));
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

        table.Write(writer, options);
    }

    internal static void WriteLosses(TextWriter writer, IReadOnlyList<FileLoss> losses, TextOptions options)
    {
        if (losses.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine(TextStyle.Warning($"Lost: {Amounts.Count(losses.Count, "file")}", options));
        foreach (var loss in losses.Take(options.TopLosses))
        {
            TextLines.Write(writer, $"  {loss.Repository}/{loss.Path}: {loss.Reason}, {loss.Detail}", options, "    ");
        }

        if (losses.Count > options.TopLosses)
        {
            writer.WriteLine($"  and {Amounts.Count(losses.Count - options.TopLosses)} more");
        }
    }

    private static string Counts(IEnumerable<KeyValuePair<string, int>> counts) =>
        string.Join(", ", counts.Select(pair => $"{Amounts.Count(pair.Value)} {pair.Key}"));
}
