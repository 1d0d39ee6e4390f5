namespace XCoder.Analysis.Reports;

/// <summary>Renders the summary a run ends with.</summary>
public static class TerminalReport
{
    /// <summary>Writes the summary; no line of a table is wider than the options say.</summary>
    public static void Write(TextWriter writer, AnalysisReport report, TextOptions options)
    {
        options.Validate();
        var coverage = report.Coverage;
        writer.WriteLine(TextStyle.Bold($"XCoder {SafeText.ForTerminal(report.ToolVersion)}", options));
        CoverageText.WriteFiles(writer, coverage, options);
        writer.WriteLine();
        CoverageText.WriteLanguages(writer, coverage.Languages, options);
        writer.WriteLine();
        WriteDuplicates(writer, report, options);
        WriteTop(writer, report, options);
        CoverageText.WriteLosses(writer, coverage.Losses, options);
        WriteTimings(writer, report, options);
    }

    private static void WriteDuplicates(TextWriter writer, AnalysisReport report, TextOptions options)
    {
        var totals = new DuplicateTotals(report);
        var table = new TextTable(
            new TextColumn("Duplicates", 9),
            new TextColumn("Groups", 8, IsNumber: true),
            new TextColumn("Snippets", 7, IsNumber: true),
            new TextColumn("Share", 6, IsNumber: true),
            new TextColumn("Cross-language", 1, IsNumber: true),
            new TextColumn("Repeated tokens", 2, IsNumber: true));
        foreach (var total in totals.ByKind)
        {
            table.Add(
                total.Kind.Name(),
                Amounts.Count(total.Groups),
                Amounts.Count(total.Snippets),
                Amounts.Share(total.Share),
                Amounts.Count(total.CrossLanguage),
                Amounts.Count(total.RepeatedTokens));
        }

        table.Write(writer, options);
        TextLines.Write(writer, ThresholdText.Of(report.DuplicateOptions), options);
        if (report.Semantic is { } basis)
        {
            TextLines.Write(writer, ThresholdText.Of(basis), options);
        }
        if (totals.Nested > 0)
        {
            TextLines.Write(writer, $"{Amounts.Count(totals.Nested, "group")} inside larger duplicates: counted, not listed", options);
        }
    }

    private static void WriteTop(TextWriter writer, AnalysisReport report, TextOptions options)
    {
        var top = report.Groups.Outermost()
            .OrderByDescending(group => group.RepeatedTokens())
            .ThenBy(group => group.Group, StringComparer.Ordinal)
            .Take(options.TopGroups)
            .ToArray();
        if (top.Length == 0)
        {
            return;
        }

        var table = new TextTable(
            new TextColumn("Repeated", 6, IsNumber: true),
            new TextColumn("Kind", 5),
            new TextColumn("Times", 4, IsNumber: true),
            new TextColumn("Name", 8, MinWidth: 10),
            new TextColumn("Representative", 7, KeepEnd: true, MinWidth: 14));
        foreach (var group in top)
        {
            var kept = group.Kept();
            table.Add(
                Amounts.Count(group.RepeatedTokens()),
                group.CrossLanguage ? $"{group.Kind.Name()}, cross-language" : group.Kind.Name(),
                Amounts.Count(group.Members.Count),
                kept.Name,
                TextLines.Place(kept));
        }

        writer.WriteLine();
        writer.WriteLine(TextStyle.Bold("Most repeated", options) + TextStyle.Dim(", in tokens", options));
        table.Write(writer, options);
    }

    private static void WriteTimings(TextWriter writer, AnalysisReport report, TextOptions options)
    {
        if (report.Timings.Count > 0)
        {
            writer.WriteLine();
            TextLines.Write(writer, "Time: " + string.Join(", ", report.Timings.Select(stage => $"{stage.Key} {Amounts.Seconds(stage.Value)}")), options);
        }
    }
}
