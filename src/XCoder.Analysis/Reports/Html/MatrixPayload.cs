using System.Text.Json;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>
/// The matrix as JSON for the page's script: <c>{rows, languages, texts, codes}</c>. A row is
/// <c>[id, label, words, cells, snippets]</c>; cells repeat <c>language, snippets, documented, tested</c>; snippets
/// repeat <c>language of the cell, language, place, name, start line, end line, code</c>, the representative first, its
/// cell being -1.
/// </summary>
internal sealed class MatrixPayload(MatrixSelection selection)
{
    private readonly PageTexts _texts = new();
    private readonly Dictionary<string, int> _columns = selection.Matrix.Languages.Select((language, i) => (language.Language, i)).ToDictionary(pair => pair.Language, pair => pair.i);

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
        PageTexts.Write(json, "codes", selection.Codes);
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
