using System.Text.Json;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export.Formats;

/// <summary>Preference pairs for direct preference optimisation, as TRL reads them: a prompt, a better and a worse answer.</summary>
internal sealed class DpoFormat : ExportFormat
{
    public override string Name => "dpo";

    public override bool TakesPreferences => true;

    internal override IReadOnlyList<ExportColumn> Columns { get; } =
    [
        new("prompt", RecordParts.Messages), new("chosen", RecordParts.Messages), new("rejected", RecordParts.Messages),
        ExportColumn.Real("margin"), ExportColumn.Text("basis"), ExportColumn.Texts("evidence"), .. RecordParts.Origin,
    ];

    // PreferenceRows makes the rows: the worse answer is the only candidate.
    internal override void Write(Utf8JsonWriter json, InstructionRow row)
    {
        json.WriteStartObject();
        RecordParts.WriteMessages(json, "prompt", ("user", row.Instruction));
        RecordParts.WriteMessages(json, "chosen", ("assistant", row.Response));
        RecordParts.WriteMessages(json, "rejected", ("assistant", row.Candidates[0].Response));
        json.WriteNumber("margin", row.Preferences[0].Margin);
        json.WriteString("basis", row.Preferences[0].Basis);
        RecordParts.Write(json, "evidence", row.Preferences[0].Evidence);
        RecordParts.WriteOrigin(json, row);
        json.WriteEndObject();
    }
}
