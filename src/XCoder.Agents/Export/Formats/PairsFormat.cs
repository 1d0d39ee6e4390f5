using System.Text.Json;
using XCoder.Agents.Rows;
using static XCoder.Agents.Export.ExportColumn;

namespace XCoder.Agents.Export.Formats;

/// <summary>The whole row, but for what only the machine that made it can use.</summary>
internal sealed class PairsFormat : ExportFormat
{
    private static readonly ColumnType Verification = ColumnType.Struct(Text("status"), new("evidence", ColumnType.List(ColumnType.Struct(
        Text("gate"), Text("outcome"), Text("reason"), Text("command"), Whole("exitCode"), Whole("milliseconds"), Text("output"),
        Text("detail")))));

    public override string Name => "pairs";

    internal override IReadOnlyList<ExportColumn> Columns { get; } =
    [
        Text("id"), Text("dataset"), Text("task"), Text("sourceLanguage"), Text("targetLanguage"), Text("instruction"), Text("response"),
        Text("tests"), Text("independentTests"),
        new("candidates", ColumnType.List(ColumnType.Struct(Text("response"), new("verification", Verification)))),
        new("preferences",
            ColumnType.List(ColumnType.Struct(Whole("chosen"), Whole("rejected"), Real("margin"), Text("basis"), Texts("evidence")))),
        Texts("seeds"),
        new("neighbours", ColumnType.List(ColumnType.Struct(Text("id"), Real("cosine"), Text("language")))),
        Text("concept"), Text("protocol"), Whole("rounds"),
        new("transcript", ColumnType.List(ColumnType.Struct(Whole("round"), Text("agent"), Text("act"), Text("text"), Text("request")))),
        Text("context"),
        new("critique", ColumnType.Struct(Text("verdict"), Json("scores"), Real("total"), Texts("merits"), Texts("faults"))),
        new("verification", Verification),
        new("pair", ColumnType.Struct(Real("probability"), Real("precision"), Real("cosine"), Real("margin"), Text("model"),
            Json("signals"))),
        Real("novelty"), new("lineage", RecordParts.Lineage), Text("licence"), Texts("notices"), Json("redactions"), Text("model"),
        Text("promptHash"), Text("createdAt"),
    ];

    // The scores of a critique, the signals of a pair, redactions.
    internal override bool HasVaryingKeys => true;

    internal override void Write(Utf8JsonWriter json, InstructionRow row) => RecordParts.Write(json, WithoutMachine(row));

    // What the machine lacked that verified a row, and what a gate may take back, is of no use elsewhere.
    private static InstructionRow WithoutMachine(InstructionRow row) => row with
    {
        Critique = row.Critique with { GateFault = null },
        Verification = row.Verification with { Lacks = null },
        Candidates = [
            .. row.Candidates.Select(
                candidate => candidate with { Verification = candidate.Verification is { } found ? found with { Lacks = null } : null })],
    };
}
