namespace XCoder.Agents.Export;

/// <summary>
/// Columns of each format, in order. They are fixed: what a file's first rows happen to hold decides nothing.
/// </summary>
internal static class ExportColumns
{
    private static readonly ColumnType Lineage = ColumnType.List(ColumnType.Struct(
        Text("role"), Text("repository"), Text("remote"), Text("commit"), Text("path"), Whole("startLine"), Whole("endLine"), Text("licence"), Text("snippet")));

    private static readonly ColumnType Messages = ColumnType.List(ColumnType.Struct(Text("role"), Text("content")));

    private static readonly ColumnType Verification = ColumnType.Struct(Text("status"), new("evidence", ColumnType.List(ColumnType.Struct(
        Text("gate"), Text("outcome"), Text("reason"), Text("command"), Whole("exitCode"), Whole("milliseconds"), Text("output"), Text("detail")))));

    // Where a record comes from and under what it may be used; the same in every format but the whole row.
    private static readonly ExportColumn[] Origin =
    [
        Text("id"), Text("dataset"), Text("task"), Text("sourceLanguage"), Text("targetLanguage"), Text("concept"), Text("verdict"), Real("total"), Text("status"),
        Text("licence"), Texts("notices"), new("lineage", Lineage),
    ];

    private static readonly ExportColumn[] Pairs =
    [
        Text("id"), Text("dataset"), Text("task"), Text("sourceLanguage"), Text("targetLanguage"), Text("instruction"), Text("response"), Text("tests"), Text("independentTests"),
        new("candidates", ColumnType.List(ColumnType.Struct(Text("response"), new("verification", Verification)))),
        new("preferences", ColumnType.List(ColumnType.Struct(Whole("chosen"), Whole("rejected"), Real("margin"), Text("basis"), Texts("evidence")))), Texts("seeds"),
        new("neighbours", ColumnType.List(ColumnType.Struct(Text("id"), Real("cosine"), Text("language")))),
        Text("concept"), Text("protocol"), Whole("rounds"),
        new("transcript", ColumnType.List(ColumnType.Struct(Whole("round"), Text("agent"), Text("act"), Text("text"), Text("request")))),
        Text("context"),
        new("critique", ColumnType.Struct(Text("verdict"), Json("scores"), Real("total"), Texts("merits"), Texts("faults"))),
        new("verification", Verification),
        new("pair", ColumnType.Struct(Real("cosine"), Real("margin"), Real("threshold"), Real("precision"), Text("model"), Json("signals"))),
        Real("novelty"), new("lineage", Lineage), Text("licence"), Texts("notices"), Json("redactions"), Text("model"), Text("promptHash"), Text("createdAt"),
    ];

    /// <summary>Whether records of a format hold objects whose keys vary.</summary>
    public static bool AreVarying(ExportFormat format) => format == ExportFormat.Pairs;

    /// <summary>The columns of a format.</summary>
    public static IReadOnlyList<ExportColumn> Of(ExportFormat format) => format switch
    {
        ExportFormat.Chat => [new("messages", Messages), .. Origin],
        ExportFormat.Alpaca => [Text("instruction"), Text("input"), Text("output"), .. Origin],
        ExportFormat.ShareGpt => [new("conversations", ColumnType.List(ColumnType.Struct(Text("from"), Text("value")))), .. Origin],
        ExportFormat.Pairs => Pairs,
        ExportFormat.Dpo => [new("prompt", Messages), new("chosen", Messages), new("rejected", Messages), Real("margin"), Text("basis"), Texts("evidence"), .. Origin],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    private static ExportColumn Text(string name) => new(name, ColumnType.Text);

    private static ExportColumn Texts(string name) => new(name, ColumnType.Texts);

    private static ExportColumn Whole(string name) => new(name, ColumnType.Whole);

    private static ExportColumn Real(string name) => new(name, ColumnType.Real);

    private static ExportColumn Json(string name) => new(name, ColumnType.Json);
}
