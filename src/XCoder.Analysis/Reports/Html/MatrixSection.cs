using System.Globalization;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Concepts by language as a heat map. The first rows stand in the page; the script shows all.</summary>
internal sealed class MatrixSection(Markup markup, MatrixSelection selection)
{
    private const int StaticRows = 50;
    private const int Shades = 6;

    internal void Write()
    {
        var matrix = selection.Matrix;
        markup.Raw("<section id=\"concepts\"><h2>Concepts</h2>\n").Element("p", Scope(), "class=\"note\"").Raw("\n");
        if (selection.Rows.Count == 0)
        {
            markup.Raw("<p>No concepts were found.</p></section>\n");
            return;
        }

        markup.Raw("<div class=\"controls\" id=\"matrix-controls\" hidden></div>\n<p id=\"matrix-count\" class=\"note\" role=\"status\" aria-live=\"polite\"></p>\n");
        WriteKey();
        markup.Raw("<div class=\"scroll matrix-frame\"><table id=\"matrix\" class=\"z1\">").Element("caption", "Functions of each concept by language")
            .Raw("<thead><tr><th scope=\"col\">Concept</th><th scope=\"col\" class=\"n\">Languages</th><th scope=\"col\" class=\"n\">Functions</th>");
        foreach (var language in matrix.Languages)
        {
            markup.Element("th", language.Language, "scope=\"col\" class=\"n\"");
        }

        markup.Raw("</tr></thead><tbody>\n");
        foreach (var row in selection.Rows.Take(StaticRows))
        {
            WriteRow(row);
        }

        markup.Raw("</tbody></table></div>\n");
        if (selection.Rows.Count > StaticRows)
        {
            markup.Raw("<noscript>").Element("p", $"The first {StaticRows} concepts are shown; the other {NumberText.Count(selection.Rows.Count - StaticRows)} need JavaScript.", "class=\"note\"").Raw("</noscript>\n");
        }

        markup.Raw("</section>\n");
    }

    private string Scope()
    {
        var matrix = selection.Matrix;
        var text = $"{NumberText.Count(matrix.Rows.Count, "concept")} over {NumberText.Count(matrix.Languages.Count, "language")}: clusters of functions with a mean margin of "
            + $"{matrix.Margin.ToString("0.00", CultureInfo.InvariantCulture)} or more by the model {matrix.Model}, tests left out. "
            + $"{NumberText.Count(matrix.Noise)} of {NumberText.Count(matrix.Functions, "function")} of {NumberText.Count(matrix.MinTokens, "token")} or more are in none.";
        var left = matrix.Rows.Count - selection.Rows.Count;
        return left > 0 ? $"{text} {NumberText.Count(left, "smaller concept")} did not fit onto the page." : text;
    }

    private void WriteKey()
    {
        markup.Raw("<p class=\"matrix-key\">Functions:");
        for (var shade = 1; shade <= Shades; shade++)
        {
            var (from, to) = (1 << (shade - 1), (1 << shade) - 1);
            markup.Raw($" <span class=\"h{shade}\">").Text(shade == Shades ? $"{from}+" : from == to ? $"{from}" : $"{from}\u2013{to}").Raw("</span>");
        }

        markup.Raw(" <span class=\"doc\">some documented</span> <span class=\"tst\">some tested</span></p>\n");
    }

    private void WriteRow(ConceptRow row)
    {
        markup.Raw("<tr><th scope=\"row\">").Element("strong", row.Label).Raw(" ").Element("span", string.Join(", ", row.Words)).Raw("</th>")
            .Element("td", NumberText.Count(row.Cells.Count), "class=\"n\"").Element("td", NumberText.Count(row.Total.Snippets), "class=\"n\"");
        foreach (var language in selection.Matrix.Languages)
        {
            markup.Raw(row.Cells.TryGetValue(language.Language, out var cell) ? $"<td class=\"{Classes(cell)}\">{NumberText.Count(cell.Snippets)}</td>" : "<td></td>");
        }

        markup.Raw("</tr>\n");
    }

    private static string Classes(ConceptCell cell) =>
        $"h{Math.Clamp(int.Log2(Math.Max(1, cell.Snippets)) + 1, 1, Shades)}{(cell.Documented > 0 ? " doc" : "")}{(cell.Tested > 0 ? " tst" : "")}";
}
