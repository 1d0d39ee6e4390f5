using System.Text.Json;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export.Formats;

/// <summary>A conversation of <c>human</c> and <c>gpt</c>, as ShareGPT's dumps name them.</summary>
internal sealed class ShareGptFormat : ExportFormat
{
    public override string Name => "sharegpt";

    internal override IReadOnlyList<ExportColumn> Columns { get; } =
    [
        new("conversations", ColumnType.List(ColumnType.Struct(ExportColumn.Text("from"), ExportColumn.Text("value")))),
        .. RecordParts.Origin,
    ];

    internal override void Write(Utf8JsonWriter json, InstructionRow row)
    {
        json.WriteStartObject();
        RecordParts.WriteTurns(json, "conversations", "from", "value", ("human", row.Instruction), ("gpt", row.Response));
        RecordParts.WriteOrigin(json, row);
        json.WriteEndObject();
    }
}
