using Spectre.Console;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports.Changes;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders what a change does to duplicates for a terminal.</summary>
internal static class ChangesText
{
    private const int MostPlaces = 5;

    /// <summary>Writes the findings by kind, those in tests last, then what was compared.</summary>
    public static void Write(IAnsiConsole console, ChangeReport report)
    {
        foreach (var section in report.Findings.GroupBy(static finding => (finding.IsTest, finding.Kind)))
        {
            console.Line(ChangeSummary.Title(section.Key.Kind, section.Key.IsTest, section.Count()), ReportConsole.Bold);
            foreach (var finding in section)
            {
                Write(console, finding);
            }

            console.Line();
        }

        foreach (var line in ChangeSummary.Lines(report))
        {
            console.Paragraph(line);
        }
    }

    // Never breaks a place, even beyond the terminal's width, so that it can be clicked or copied.
    private static void Write(IAnsiConsole console, ChangeFinding finding)
    {
        console.Line(($"  {SafeText.ForTerminal(Place(finding.Snippet))}", null));
        console.Paragraph($"    {finding.Message} [{finding.Group}]", "    ");
        Write(console, "same", finding.Also);
        Write(console, "also", [.. finding.Others.Skip(1)]);
    }

    private static void Write(IAnsiConsole console, string mark, IReadOnlyList<Snippet> places)
    {
        foreach (var place in places.Take(MostPlaces))
        {
            console.Line(($"    {mark} {SafeText.ForTerminal(Place(place))}", null),
                (place.IsFile ? "" : $"  {SafeText.ForTerminal(place.QualifiedName)}", ReportConsole.Dim));
        }

        if (places.Count > MostPlaces)
        {
            console.Line($"    {mark} {NumberText.Count(places.Count - MostPlaces)} more", ReportConsole.Dim);
        }
    }

    private static string Place(Snippet snippet) =>
        $"{snippet.Repository}/{snippet.Path}" + (snippet.IsFile ? "" : $":{snippet.Span.StartLine}-{snippet.Span.EndLine}");
}
