using System.Globalization;
using Spectre.Console;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders neighbours for a terminal: the snippet, then a table of its neighbours, best first.</summary>
internal static class NeighboursText
{
    /// <summary>Writes one snippet and its neighbours; the snippet is null for code that is not in the workspace.</summary>
    public static void Write(IAnsiConsole console, Snippet? snippet, IReadOnlyList<(Snippet Snippet, Neighbour Neighbour)> neighbours)
    {
        if (snippet is not null)
        {
            console.Line(SafeText.ForTerminal($"{snippet.QualifiedName}  {SnippetPlace.Of(snippet)}  {snippet.Language}"));
        }

        if (neighbours.Count == 0)
        {
            console.Line("  no neighbour");
        }
        else
        {
            var table = new ReportTable(
                new ReportColumn("rank", 7, IsNumber: true), new ReportColumn("similarity", 8, IsNumber: true),
                new ReportColumn("cosine", 3, IsNumber: true),
                new ReportColumn("language", 5), new ReportColumn("name", 9), new ReportColumn("place", 6, KeepEnd: true),
                new ReportColumn("id", 1));
            foreach (var (other, neighbour) in neighbours)
            {
                table.Add(neighbour.Rank.ToString(CultureInfo.InvariantCulture), Number(neighbour.Similarity), Number(neighbour.Cosine),
                    other.Language, other.QualifiedName, SnippetPlace.Of(other), other.Id);
            }

            table.Write(console);
        }

        console.Line();
    }

    private static string Number(float value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
