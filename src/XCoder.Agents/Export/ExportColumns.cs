using System.Text;

namespace XCoder.Agents.Export;

/// <summary>The columns of each format, in order. They are fixed and do not depend on a file's first rows.</summary>
internal static class ExportColumns
{
    private static readonly ColumnType Lineage = ColumnType.List(ColumnType.Struct(
        Text("role"), Text("repository"), Text("remote"), Text("commit"), Text("path"), Whole("startLine"), Whole("endLine"),
        Text("licence"), Text("snippet")));

    private static readonly ColumnType Messages = ColumnType.List(ColumnType.Struct(Text("role"), Text("content")));

    private static readonly ColumnType Verification = ColumnType.Struct(Text("status"), new("evidence", ColumnType.List(ColumnType.Struct(
        Text("gate"), Text("outcome"), Text("reason"), Text("command"), Whole("exitCode"), Whole("milliseconds"), Text("output"),
        Text("detail")))));

    // The origin of a record and its licence, the same in every format except the whole row.
    private static readonly ExportColumn[] Origin =
    [
        Text("id"), Text("dataset"), Text("task"), Text("sourceLanguage"), Text("targetLanguage"), Text("concept"), Text("verdict"),
        Real("total"), Text("status"),
        Text("licence"), Texts("notices"), new("lineage", Lineage),
    ];

    private static readonly ExportColumn[] Pairs =
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
        new("pair", ColumnType.Struct(Real("cosine"), Real("margin"), Real("threshold"), Real("precision"), Text("model"),
            Json("signals"))),
        Real("novelty"), new("lineage", Lineage), Text("licence"), Texts("notices"), Json("redactions"), Text("model"), Text("promptHash"),
        Text("createdAt"),
    ];

    /// <summary>Whether records of a format hold objects whose keys vary.</summary>
    public static bool AreVarying(ExportFormat format) => format == ExportFormat.Pairs;

    /// <summary>The columns of a format, in order.</summary>
    public static IReadOnlyList<ExportColumn> Of(ExportFormat format) => format switch
    {
        ExportFormat.Chat => [new("messages", Messages), .. Origin],
        ExportFormat.Alpaca => [Text("instruction"), Text("input"), Text("output"), .. Origin],
        ExportFormat.ShareGpt => [new("conversations", ColumnType.List(ColumnType.Struct(Text("from"), Text("value")))), .. Origin],
        ExportFormat.Pairs => Pairs,
        ExportFormat.Dpo =>
            [new("prompt", Messages), new("chosen", Messages), new("rejected", Messages), Real("margin"), Text("basis"), Texts("evidence"),
                .. Origin],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    private static ExportColumn Text(string name) => new(name, ColumnType.Text);

    private static ExportColumn Texts(string name) => new(name, ColumnType.Texts);

    private static ExportColumn Whole(string name) => new(name, ColumnType.Whole);

    private static ExportColumn Real(string name) => new(name, ColumnType.Real);

    private static ExportColumn Json(string name) => new(name, ColumnType.Json);
}

/// <summary>A column of exported records.</summary>
/// <param name="Name">Name in camelCase.</param>
/// <param name="Type">Type of its values; every value may be null.</param>
internal sealed record ExportColumn(string Name, ColumnType Type);

/// <summary>Type of a column in Parquet and in Hugging Face's <c>dataset_info</c>.</summary>
internal sealed record ColumnType
{
    private ColumnType(Type clr, string? feature, ColumnType? item = null, IReadOnlyList<ExportColumn>? fields = null) =>
        (Clr, Feature, Item, Fields) = (clr, feature, item, fields);

    /// <summary>A string.</summary>
    public static ColumnType Text { get; } = new(typeof(string), "string");

    /// <summary>A 64-bit integer.</summary>
    public static ColumnType Whole { get; } = new(typeof(long), "int64");

    /// <summary>A 64-bit floating-point number.</summary>
    public static ColumnType Real { get; } = new(typeof(double), "float64");

    /// <summary>An object whose keys vary; in Parquet its JSON as a string.</summary>
    public static ColumnType Json { get; } = new(typeof(string), "string");

    /// <summary>A list of strings.</summary>
    public static ColumnType Texts { get; } = List(Text);

    /// <summary>.NET type of a value; meaningless for lists and structures.</summary>
    public Type Clr { get; }

    /// <summary>Type of a list's items; null for other types.</summary>
    public ColumnType? Item { get; }

    /// <summary>Fields of a structure; null for other types.</summary>
    public IReadOnlyList<ExportColumn>? Fields { get; }

    private string? Feature { get; }

    public static ColumnType List(ColumnType item) => new(typeof(void), null, item: item);

    public static ColumnType Struct(params IReadOnlyList<ExportColumn> fields) => new(typeof(void), null, fields: fields);

    /// <summary>Writes the type as YAML, each line indented by a number of spaces.</summary>
    public void WriteFeature(StringBuilder yaml, int indent)
    {
        var space = new string(' ', indent);
        if (Feature is not null)
        {
            yaml.Append(space).Append("dtype: ").Append(Feature).Append('\n');
        }
        else if (Item?.Feature is { } leaf)
        {
            yaml.Append(space).Append("list: ").Append(leaf).Append('\n');
        }
        else
        {
            yaml.Append(space).Append(Item is null ? "struct:\n" : "list:\n");
            foreach (var field in Item?.Fields ?? Fields!)
            {
                yaml.Append(space).Append("- name: ").Append(field.Name).Append('\n');
                field.Type.WriteFeature(yaml, indent + 2);
            }
        }
    }
}

/// <summary>Format of the exported records. <see cref="ExportColumns"/> lists their columns.</summary>
public enum ExportFormat
{
    /// <summary><c>messages: [{role, content}]</c>, the form that chat templates expect.</summary>
    Chat,

    /// <summary><c>instruction</c>, <c>input</c> (empty, because the instruction holds its code), <c>output</c>.</summary>
    Alpaca,

    /// <summary><c>conversations: [{from: human|gpt, value}]</c>.</summary>
    ShareGpt,

    /// <summary>The whole row.</summary>
    Pairs,

    /// <summary>
    /// Preference pairs: <c>prompt</c>, <c>chosen</c> and <c>rejected</c>, each a list of messages, and <c>margin</c>, <c>basis</c>,
    /// <c>evidence</c>.
    /// </summary>
    Dpo,
}
