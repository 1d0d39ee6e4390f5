using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>
/// Writes rows as records of a format. Every record has every column, null where a row has nothing: readers that take the
/// columns of the first records for those of all then agree.
/// </summary>
internal static class RecordWriter
{
    private static readonly JsonSerializerOptions Whole = new(RowJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>Writes a row; as <see cref="ExportFormat.Dpo"/> one of <see cref="PreferenceRows"/>.</summary>
    public static void Write(Utf8JsonWriter json, InstructionRow row, ExportFormat format)
    {
        if (format == ExportFormat.Pairs)
        {
            JsonSerializer.Serialize(json, WithoutMachine(row), Whole);
            return;
        }

        json.WriteStartObject();
        switch (format)
        {
            case ExportFormat.Chat:
                WriteTurns(json, "messages", "role", "content", ("user", row.Instruction), ("assistant", row.Response));
                break;
            case ExportFormat.Alpaca:
                json.WriteString("instruction", row.Instruction);
                json.WriteString("input", "");
                json.WriteString("output", row.Response);
                break;
            case ExportFormat.ShareGpt:
                WriteTurns(json, "conversations", "from", "value", ("human", row.Instruction), ("gpt", row.Response));
                break;
            case ExportFormat.Dpo:
                WriteTurns(json, "prompt", "role", "content", ("user", row.Instruction));
                WriteTurns(json, "chosen", "role", "content", ("assistant", row.Response));
                WriteTurns(json, "rejected", "role", "content", ("assistant", row.Candidates[0].Response));
                json.WriteNumber("margin", row.Preferences[0].Margin);
                json.WriteString("basis", row.Preferences[0].Basis);
                Serialize(json, "evidence", row.Preferences[0].Evidence);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, null);
        }

        WriteOrigin(json, row);
        json.WriteEndObject();
    }

    private static void WriteTurns(Utf8JsonWriter json, string name, string who, string what, params ReadOnlySpan<(string Who, string What)> turns)
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

    private static void WriteOrigin(Utf8JsonWriter json, InstructionRow row)
    {
        json.WriteString("id", row.Id);
        Serialize(json, "dataset", row.Dataset);
        Serialize(json, "task", row.Task);
        json.WriteString("sourceLanguage", row.SourceLanguage);
        json.WriteString("targetLanguage", row.TargetLanguage);
        json.WriteString("concept", row.Concept);
        Serialize(json, "verdict", row.Critique.Verdict);
        Serialize(json, "total", row.Critique.Total);
        json.WriteString("status", RowNames.Of(row.Verification.Status));
        json.WriteString("licence", row.Licence);
        Serialize(json, "notices", row.Notices);
        Serialize(json, "lineage", row.Lineage);
    }

    private static void Serialize<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, Whole);
    }

    // What the machine lacked that verified a row, and what a gate may take back, is of no use elsewhere.
    private static InstructionRow WithoutMachine(InstructionRow row) => row with
    {
        Critique = row.Critique with { GateFault = null },
        Verification = row.Verification with { Lacks = null },
        Candidates = [.. row.Candidates.Select(candidate => candidate with { Verification = candidate.Verification is { } found ? found with { Lacks = null } : null })],
    };
}
