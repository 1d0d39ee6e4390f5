using System.Text.Json;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export.Formats;

/// <summary>One question and its answer as messages of a chat.</summary>
internal sealed class ChatFormat : ExportFormat
{
    public override string Name => "chat";

    internal override IReadOnlyList<ExportColumn> Columns { get; } = [new("messages", RecordParts.Messages), .. RecordParts.Origin];

    internal override void Write(Utf8JsonWriter json, InstructionRow row)
    {
        json.WriteStartObject();
        RecordParts.WriteMessages(json, "messages", ("user", row.Instruction), ("assistant", row.Response));
        RecordParts.WriteOrigin(json, row);
        json.WriteEndObject();
    }
}
