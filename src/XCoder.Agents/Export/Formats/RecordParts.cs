using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Agents.Rows;
using static XCoder.Agents.Export.ExportColumn;

namespace XCoder.Agents.Export.Formats;

/// <summary>Columns that several formats have, each beside what writes it.</summary>
internal static class RecordParts
{
    private static readonly JsonSerializerOptions WithNulls = new(RowJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>Type of a list of messages.</summary>
    public static ColumnType Messages { get; } = ColumnType.List(ColumnType.Struct(Text("role"), Text("content")));

    /// <summary>Type of a list of the places that a row was made from.</summary>
    public static ColumnType Lineage { get; } = ColumnType.List(ColumnType.Struct(
        Text("role"), Text("repository"), Text("remote"), Text("commit"), Text("path"), Whole("startLine"),
        Whole("endLine"), Text("licence"), Text("snippet")));

    /// <summary>
    /// Where a record comes from and under what it may be used: the last columns of every format but the whole row, which has its own.
    /// </summary>
    public static IReadOnlyList<ExportColumn> Origin { get; } =
    [
        Text("id"), Text("dataset"), Text("task"), Text("sourceLanguage"), Text("targetLanguage"), Text("concept"), Text("verdict"),
        Real("total"), Text("status"), Text("model"), Text("licence"), Texts("notices"), new("lineage", Lineage),
    ];

    /// <summary>Writes the columns of <see cref="Origin"/>.</summary>
    public static void WriteOrigin(Utf8JsonWriter json, InstructionRow row)
    {
        json.WriteString("id", row.Id);
        Write(json, "dataset", row.Dataset);
        Write(json, "task", row.Task);
        json.WriteString("sourceLanguage", row.SourceLanguage);
        json.WriteString("targetLanguage", row.TargetLanguage);
        json.WriteString("concept", row.Concept);
        Write(json, "verdict", row.Critique.Verdict);
        Write(json, "total", row.Critique.Total);
        json.WriteString("status", RowNames.Of(row.Verification.Status));
        json.WriteString("model", row.Model);
        json.WriteString("licence", row.Licence);
        Write(json, "notices", row.Notices);
        Write(json, "lineage", row.Lineage);
    }

    /// <summary>Writes a column of <see cref="Messages"/>.</summary>
    public static void WriteMessages(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Role, string Content)> messages) =>
        WriteTurns(json, name, "role", "content", messages);

    /// <summary>Writes a list of turns whose two fields have the given names.</summary>
    public static void WriteTurns(Utf8JsonWriter json, string name, string who, string what,
        params ReadOnlySpan<(string Who, string What)> turns)
    {
        json.WriteStartArray(name);
        foreach (var turn in turns)
        {
            json.WriteStartObject();
            json.WriteString(who, turn.Who);
            json.WriteString(what, turn.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a column of any type.</summary>
    public static void Write<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        Write(json, value);
    }

    /// <summary>Writes a value with all that it has, nulls too.</summary>
    public static void Write<T>(Utf8JsonWriter json, T value) => JsonSerializer.Serialize(json, value, WithNulls);
}
