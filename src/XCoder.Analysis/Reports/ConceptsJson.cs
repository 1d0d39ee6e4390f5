using System.Text.Json;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports;

/// <summary>Writes concepts and gaps as JSON. Fields keep their names and meaning; new ones may be added.</summary>
public static class ConceptsJson
{
    /// <summary>Writes a gap as one object.</summary>
    public static void Write(Utf8JsonWriter json, ConceptGap gap)
    {
        json.WriteStartObject();
        json.WriteString("concept", gap.Row.Concept);
        json.WriteString("label", gap.Row.Label);
        json.WriteString("language", gap.Language);
        json.WriteNumber("score", Math.Round(gap.Score, 4));
        json.WriteTexts("languages", gap.Languages);
        json.WriteTexts("projects", gap.Projects);
        WriteNearest(json, gap.Nearest);
        json.WriteEndObject();
    }

    /// <summary>Writes the properties <c>concepts</c> and <c>gaps</c> into the caller's object; nothing if the report is null.</summary>
    internal static void WriteParts(Utf8JsonWriter json, ConceptReport? report)
    {
        if (report is null)
        {
            return;
        }

        WriteMatrix(json, report.Matrix);
        WriteGaps(json, report);
    }

    private static void WriteMatrix(Utf8JsonWriter json, ConceptMatrix matrix)
    {
        json.WriteStartObject("concepts");
        json.WriteString("model", matrix.Model);
        json.WriteNumber("margin", Math.Round(matrix.Margin, 4));
        json.WriteNumber("minTokens", matrix.MinTokens);
        json.WriteNumber("functions", matrix.Functions);
        json.WriteNumber("noise", matrix.Noise);
        json.WriteStartArray("languages");
        foreach (var language in matrix.Languages)
        {
            json.WriteStartObject();
            json.WriteString("language", language.Language);
            json.WriteNumber("functions", language.Functions);
            json.WriteNumber("inConcepts", language.InConcepts);
            json.WriteNumber("concepts", language.Concepts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in matrix.Rows)
        {
            WriteRow(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, ConceptRow row)
    {
        json.WriteStartObject();
        json.WriteString("concept", row.Concept);
        json.WriteString("label", row.Label);
        json.WriteTexts("words", row.Words);
        json.WriteStartObject("representative");
        SnippetJson.WriteBrief(json, row.Representative);
        json.WriteEndObject();
        json.WriteNumber("languages", row.Cells.Count);
        WriteCounts(json, row.Total);
        json.WriteStartObject("cells");
        foreach (var (language, cell) in row.Cells.OrderByDescending(cell => cell.Value.Snippets)
            .ThenBy(cell => cell.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(language);
            WriteCounts(json, cell);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, ConceptCell cell)
    {
        json.WriteNumber("snippets", cell.Snippets);
        json.WriteNumber("documented", cell.Documented);
        json.WriteNumber("tested", cell.Tested);
        json.WriteNumber("pairs", cell.Pairs);
    }

    private static void WriteGaps(Utf8JsonWriter json, ConceptReport report)
    {
        json.WriteStartObject("gaps");
        DuplicateGroupJson.WriteBasis(json, report.Basis);
        if (report.Language is { } asked)
        {
            json.WriteString("language", asked);
        }

        json.WriteNumber("allGaps", report.AllGaps);
        json.WriteStartArray("rows");
        foreach (var gap in report.Gaps)
        {
            Write(json, gap);
        }

        json.WriteEndArray();
        if (report.Functions is { } functions)
        {
            WriteFunctions(json, functions, report.AllFunctions);
        }

        json.WriteEndObject();
    }

    private static void WriteFunctions(Utf8JsonWriter json, IReadOnlyList<FunctionGap> functions, int all)
    {
        json.WriteNumber("allFunctions", all);
        json.WriteStartArray("functions");
        foreach (var gap in functions)
        {
            json.WriteStartObject();
            SnippetJson.WriteBrief(json, gap.Snippet);
            json.WriteString("concept", gap.Concept);
            json.WriteString("label", gap.Label);
            json.WriteNumber("languages", gap.Languages);
            json.WriteBoolean("documented", gap.Snippet.Documentation is not null);
            json.WriteBoolean("tested", gap.IsTested);
            WriteNearest(json, gap.Nearest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNearest(Utf8JsonWriter json, NearSnippet? near)
    {
        if (near is null)
        {
            json.WriteNull("nearest");
            return;
        }

        json.WriteStartObject("nearest");
        SnippetJson.WriteBrief(json, near.Snippet);
        json.WriteNumber("margin", Math.Round(near.Margin, 4));
        json.WriteEndObject();
    }
}
