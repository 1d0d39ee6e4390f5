using System.Text;

namespace XCoder.Agents.Export;

/// <summary>Type of a column, as DuckDB and as Hugging Face's <c>dataset_info</c> name it.</summary>
internal sealed record ColumnType
{
    private ColumnType(string sql, string? feature, ColumnType? item = null, IReadOnlyList<ExportColumn>? fields = null) =>
        (Sql, Feature, Item, Fields) = (sql, feature, item, fields);

    /// <summary>Text.</summary>
    public static ColumnType Text { get; } = new("VARCHAR", "string");

    /// <summary>A whole number of 64 bits.</summary>
    public static ColumnType Whole { get; } = new("BIGINT", "int64");

    /// <summary>A floating-point number.</summary>
    public static ColumnType Real { get; } = new("DOUBLE", "float64");

    /// <summary>An object whose keys vary; in Parquet its JSON as text.</summary>
    public static ColumnType Json { get; } = new("VARCHAR", "string");

    /// <summary>A list of text.</summary>
    public static ColumnType Texts { get; } = List(Text);

    /// <summary>Name in DuckDB's SQL.</summary>
    public string Sql { get; }

    private string? Feature { get; }

    private ColumnType? Item { get; }

    private IReadOnlyList<ExportColumn>? Fields { get; }

    public static ColumnType List(ColumnType item) => new(item.Sql + "[]", null, item: item);

    public static ColumnType Struct(params IReadOnlyList<ExportColumn> fields) =>
        new($"STRUCT({string.Join(", ", fields.Select(field => $"\"{field.Name}\" {field.Type.Sql}"))})", null, fields: fields);

    /// <summary>Writes it as YAML, each line indented by a number of spaces.</summary>
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
