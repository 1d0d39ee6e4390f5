using System.Globalization;
using System.Text.Json;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Writes the concepts by language as a heat map. The first rows are in the page; the script shows all.</summary>
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

        markup.Raw("<div class=\"controls\" id=\"matrix-controls\" hidden></div>\n<p id=\"matrix-count\" "
            + "class=\"note\" role=\"status\" aria-live=\"polite\"></p>\n");
        WriteKey();
        markup.Raw("<div class=\"scroll matrix-frame\"><table id=\"matrix\" class=\"z1\">")
            .Element("caption", "Functions of each concept by language")
            .Raw("<thead><tr><th scope=\"col\">Concept</th><th scope=\"col\" class=\"n\">Languages</th><th "
                + "scope=\"col\" class=\"n\">Functions</th>");
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
            markup.Raw("<noscript>")
                .Element("p",
                    $"The first {StaticRows} concepts are shown; the "
                        + $"other {NumberText.Count(selection.Rows.Count - StaticRows)} need JavaScript.",
                        "class=\"note\"").Raw("</noscript>\n");
        }

        markup.Raw("</section>\n");
    }

    private string Scope()
    {
        var matrix = selection.Matrix;
        var text = $"{NumberText.Count(matrix.Rows.Count, "concept")} over {NumberText.Count(matrix.Languages.Count, "language")}: "
            + $"clusters of functions with a mean margin of "
            + $"{matrix.Margin.ToString("0.00", CultureInfo.InvariantCulture)} or more by the model {matrix.Model}, tests left out. "
            + $"{NumberText.Count(matrix.Noise)} of {NumberText.Count(matrix.Functions, "function")} of "
            + $"{NumberText.Count(matrix.MinTokens, "token")} or more are in no concept.";
        var left = matrix.Rows.Count - selection.Rows.Count;
        return left > 0 ? $"{text} {NumberText.Count(left, "smaller concept")} did not fit onto the page." : text;
    }

    private void WriteKey()
    {
        markup.Raw("<p class=\"matrix-key\">Functions:");
        for (var shade = 1; shade <= Shades; shade++)
        {
            var (from, to) = (1 << (shade - 1), (1 << shade) - 1);
            markup.Raw($" <span class=\"h{shade}\">").Text(shade == Shades ? $"{from}+" : from == to ? $"{from}" : $"{from}\u2013{to}")
                .Raw("</span>");
        }

        markup.Raw(" <span class=\"doc\">some documented</span> <span class=\"tst\">some tested</span></p>\n");
    }

    private void WriteRow(ConceptRow row)
    {
        markup.Raw("<tr><th scope=\"row\">").Element("strong", row.Label).Raw(" ").Element("span", string.Join(", ", row.Words))
            .Raw("</th>")
            .Element("td", NumberText.Count(row.Cells.Count), "class=\"n\"")
            .Element("td", NumberText.Count(row.Total.Snippets), "class=\"n\"");
        foreach (var language in selection.Matrix.Languages)
        {
            markup.Raw(row.Cells.TryGetValue(language.Language, out var cell)
                ? $"<td class=\"{Classes(cell)}\">{NumberText.Count(cell.Snippets)}</td>" : "<td></td>");
        }

        markup.Raw("</tr>\n");
    }

    private static string Classes(ConceptCell cell)
    {
        var shade = Math.Clamp(int.Log2(Math.Max(1, cell.Snippets)) + 1, 1, Shades);
        return $"h{shade}{(cell.Documented > 0 ? " doc" : "")}{(cell.Tested > 0 ? " tst" : "")}";
    }
}

/// <summary>The concepts shown on the page, the snippets of their cells, and their code.</summary>
internal sealed class MatrixSelection
{
    private readonly Dictionary<string, int> _codeBySnippet = [];
    private readonly Dictionary<string, ConceptSample[]> _samples;

    internal MatrixSelection(AnalysisReport report, ConceptMatrix matrix, Func<string, string?> code, HtmlReportOptions options)
    {
        Matrix = matrix;
        Rows = [.. matrix.Rows.Take(options.MaxConcepts)];
        Code = new PackedCode(options.MaxConceptCodeBytes);
        _samples = report.ConceptSamples.GroupBy(sample => sample.Concept).ToDictionary(group => group.Key, group => group.ToArray());
        AddCode(code, options);
    }

    /// <summary>The whole matrix.</summary>
    internal ConceptMatrix Matrix { get; }

    /// <summary>Concepts on the page.</summary>
    internal IReadOnlyList<ConceptRow> Rows { get; }

    /// <summary>Code of the snippets.</summary>
    internal PackedCode Code { get; }

    /// <summary>Returns the snippets of a concept, by language.</summary>
    internal ConceptSample[] Samples(ConceptRow row) => _samples.GetValueOrDefault(row.Concept, []);

    /// <summary>Returns the number of a snippet's code in <see cref="Code"/>, or -1.</summary>
    internal int CodeOf(Snippet snippet) => _codeBySnippet.GetValueOrDefault(snippet.Id, -1);

    // Adds the code of one snippet of every concept first, then of one of every cell, then of the others.
    private void AddCode(Func<string, string?> code, HtmlReportOptions options)
    {
        var cells = Rows.SelectMany(Samples).ToArray();
        foreach (var snippet in Rows.Select(row => row.Representative).Concat(cells.SelectMany(cell => cell.Snippets.Take(1)))
            .Concat(cells.SelectMany(cell => cell.Snippets.Skip(1))))
        {
            if (Code.IsFull)
            {
                return;
            }

            if (!_codeBySnippet.ContainsKey(snippet.Id) && code(snippet.Id) is { } whole)
            {
                _codeBySnippet[snippet.Id] = Code.Add(PageCode.Shorten(whole, options.MaxConceptCodeLines));
            }
        }
    }
}

/// <summary>
/// Writes the matrix as JSON for the page's script: <c>{rows, languages, texts, code}</c>. A row is <c>[id, label,
/// words, cells, snippets]</c>. Cells repeat <c>language, snippets, documented, tested</c>. Snippets repeat <c>language
/// of the cell, language, place, name, start line, end line, code</c>; the first is the representative, whose cell
/// language is -1.
/// </summary>
internal sealed class MatrixPayload(MatrixSelection selection)
{
    private readonly PageTexts _texts = new();
    private readonly Dictionary<string, int> _columns = selection.Matrix.Languages.Select((language, i) => (language.Language, i))
        .ToDictionary(pair => pair.Language, pair => pair.i);

    internal string Render() => PageData.Render(json =>
    {
        json.WriteStartArray("rows");
        foreach (var row in selection.Rows)
        {
            json.WriteStartArray();
            json.WriteStringValue(row.Concept);
            json.WriteNumberValue(_texts[row.Label]);
            json.WriteNumberValue(_texts[string.Join(", ", row.Words)]);
            WriteCells(json, row);
            WriteSnippets(json, row);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        PageTexts.Write(json, "languages", [.. selection.Matrix.Languages.Select(language => SafeText.ForTerminal(language.Language))]);
        _texts.Write(json, "texts");
        selection.Code.Write(json, "code");
    });

    private void WriteCells(Utf8JsonWriter json, ConceptRow row)
    {
        json.WriteStartArray();
        foreach (var (language, cell) in row.Cells.OrderBy(pair => _columns[pair.Key]))
        {
            json.WriteNumberValue(_columns[language]);
            json.WriteNumberValue(cell.Snippets);
            json.WriteNumberValue(cell.Documented);
            json.WriteNumberValue(cell.Tested);
        }

        json.WriteEndArray();
    }

    private void WriteSnippets(Utf8JsonWriter json, ConceptRow row)
    {
        json.WriteStartArray();
        Write(json, -1, row.Representative);
        foreach (var sample in selection.Samples(row).Where(sample => _columns.ContainsKey(sample.Language)))
        {
            foreach (var snippet in sample.Snippets)
            {
                Write(json, _columns[sample.Language], snippet);
            }
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, int column, Snippet snippet)
    {
        json.WriteNumberValue(column);
        json.WriteNumberValue(_texts[snippet.Language]);
        json.WriteNumberValue(_texts[$"{snippet.Repository}/{snippet.Path}"]);
        json.WriteNumberValue(_texts[snippet.Name]);
        json.WriteNumberValue(snippet.Span.StartLine);
        json.WriteNumberValue(snippet.Span.EndLine);
        json.WriteNumberValue(selection.CodeOf(snippet));
    }
}
