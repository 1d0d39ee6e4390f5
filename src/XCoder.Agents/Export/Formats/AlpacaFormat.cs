using System.Text.Json;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export.Formats;

/// <summary>The three columns of Stanford Alpaca. The input is empty: an instruction holds the code that it is about.</summary>
internal sealed class AlpacaFormat : ExportFormat
{
    public override string Name => "alpaca";

    internal override IReadOnlyList<ExportColumn> Columns { get; } =
        [ExportColumn.Text("instruction"), ExportColumn.Text("input"), ExportColumn.Text("output"), .. RecordParts.Origin];

    internal override void Write(Utf8JsonWriter json, InstructionRow row)
    {
        json.WriteStartObject();
        json.WriteString("instruction", row.Instruction);
        json.WriteString("input", "");
        json.WriteString("output", row.Response);
        RecordParts.WriteOrigin(json, row);
        json.WriteEndObject();
    }
}
