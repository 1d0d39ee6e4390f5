using System.Globalization;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Renders neighbours for a terminal: the snippet, then a table of what is near, best first.</summary>
public static class NeighboursText
{
    /// <summary>Writes one snippet (null for code from elsewhere) and its neighbours.</summary>
    public static void Write(TextWriter writer, Snippet? snippet, IReadOnlyList<(Snippet Snippet, Neighbour Neighbour)> neighbours, TextOptions options)
    {
        options.Validate();
        if (snippet is not null)
        {
            writer.WriteLine(SafeText.ForTerminal($"{snippet.QualifiedName}  {TextLines.Place(snippet)}  {snippet.Language}"));
        }

        if (neighbours.Count == 0)
        {
            writer.WriteLine("  no neighbour");
        }
        else
        {
            var table = new TextTable(
                new TextColumn("rank", 7, IsNumber: true), new TextColumn("similarity", 8, IsNumber: true), new TextColumn("cosine", 3, IsNumber: true),
                new TextColumn("language", 5), new TextColumn("name", 9), new TextColumn("place", 6, KeepEnd: true), new TextColumn("id", 1));
            foreach (var (other, neighbour) in neighbours)
            {
                table.Add(neighbour.Rank.ToString(CultureInfo.InvariantCulture), Number(neighbour.Similarity), Number(neighbour.Cosine), other.Language, other.QualifiedName, TextLines.Place(other), other.Id);
            }

            table.Write(writer, options);
        }

        writer.WriteLine();
    }

    private static string Number(float value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
