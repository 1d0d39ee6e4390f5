using Spectre.Console;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders the summary at the end of <c>analyze</c>.</summary>
internal static class TerminalReport
{
    /// <summary>Writes the summary; no line of a table is wider than the console.</summary>
    /// <param name="console">Receives the summary and limits its width.</param>
    /// <param name="report">The analysis to summarise.</param>
    /// <param name="topGroups">Number of duplicate groups to list.</param>
    public static void Write(IAnsiConsole console, AnalysisReport report, int topGroups = 10)
    {
        var coverage = report.Coverage;
        console.Line($"XCoder {SafeText.ForTerminal(report.ToolVersion)}", ReportConsole.Bold);
        CoverageText.WriteFiles(console, coverage);
        console.Line();
        CoverageText.WriteLanguages(console, coverage.Languages);
        console.Line();
        WriteDuplicates(console, report);
        WriteTop(console, report, topGroups);
        CoverageText.WriteLosses(console, coverage.Losses);
        WriteTimings(console, report);
    }

    private static void WriteDuplicates(IAnsiConsole console, AnalysisReport report)
    {
        var totals = new DuplicateTotals(report);
        console.Paragraph(HeadlineText.Of(report, totals));
        console.Line();
        var table = new ReportTable(
            new ReportColumn("Duplicates", 9, MinWidth: 9),
            new ReportColumn("Groups", 8, IsNumber: true),
            new ReportColumn("Snippets", 5, IsNumber: true),
            new ReportColumn("Copies to remove", 6, IsNumber: true),
            new ReportColumn("Tokens to remove", 7, IsNumber: true));
        foreach (var total in totals.Sections.Where(total => !report.Hidden.Contains(total.Section)))
        {
            Add(table, SectionRule.Of(total.Section).Title, total, total.Section == DuplicateSection.Remove);
            foreach (var (kind, part) in total.Section == DuplicateSection.Remove ? totals.RemovableByKind : [])
            {
                Add(table, $"  {kind.Name()}", part, isRemovable: true);
            }
        }

        table.Write(console);
        foreach (var hidden in totals.Sections.Where(total => report.Hidden.Contains(total.Section) && total.Groups > 0))
        {
            console.Paragraph($"{SectionRule.Of(hidden.Section).Title}: {NumberText.Count(hidden.Groups, "group")}, not listed because "
                + "most need nothing done; 'xcoder duplicates --kind semantic' lists them");
        }

        console.Paragraph(ThresholdText.Of(report.DuplicateOptions));
        if (report.Semantic is { } basis)
        {
            console.Paragraph(ThresholdText.Of(basis));
        }

        if (UncomparedText.Of(report.Coverage, report.Kinds) is { Length: > 0 } uncompared)
        {
            console.Paragraph(uncompared);
        }

        if (IgnoredText.Of(report.Ignored) is { Length: > 0 } ignored)
        {
            console.Paragraph($"{ignored} 'xcoder duplicates --ignored' lists them.");
        }

        if (totals.Nested > 0)
        {
            console.Paragraph($"{NumberText.Count(totals.Nested, "group")} inside larger duplicates: counted, not listed");
        }
    }

    private static void Add(ReportTable table, string title, SectionTotal total, bool isRemovable) => table.Add(
        title, NumberText.Count(total.Groups), NumberText.Count(total.Snippets), isRemovable ? NumberText.Count(total.Copies) : "",
        isRemovable ? NumberText.Count(total.Tokens) : "");

    private static void WriteTop(IAnsiConsole console, AnalysisReport report, int topGroups)
    {
        var top = report.Groups.Outermost()
            .Where(group => !report.Hidden.Contains(group.Section()))
            .OrderBy(group => group.Section())
            .ThenByDescending(group => group.RepeatedTokens())
            .ThenBy(group => group.Group, StringComparer.Ordinal)
            .Take(topGroups)
            .ToArray();
        if (top.Length == 0)
        {
            return;
        }

        var table = new ReportTable(
            new ReportColumn("Repeated", 6, IsNumber: true),
            new ReportColumn("Kind", 5),
            new ReportColumn("Times", 4, IsNumber: true),
            new ReportColumn("Name", 8, MinWidth: 10),
            new ReportColumn("Representative", 7, KeepEnd: true, MinWidth: 14));
        foreach (var group in top)
        {
            var kept = group.Kept();
            table.Add(
                NumberText.Count(group.RepeatedTokens()),
                group.CrossLanguage ? $"{group.Kind.Name()}, cross-language" : group.Kind.Name(),
                NumberText.Count(group.Members.Count),
                kept.Name,
                SnippetPlace.Of(kept));
        }

        console.Line();
        console.Line(("Most repeated", ReportConsole.Bold), (", in tokens", ReportConsole.Dim));
        table.Write(console);
    }

    private static void WriteTimings(IAnsiConsole console, AnalysisReport report)
    {
        if (report.Timings.Count > 0)
        {
            console.Line();
            console.Paragraph(
                "Time: " + string.Join(", ", report.Timings.Select(stage => $"{stage.Key} {NumberText.Seconds(stage.Value)}")));
        }
    }
}
