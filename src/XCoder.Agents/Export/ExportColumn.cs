using System.Text;

namespace XCoder.Agents.Export;

/// <summary>A column of exported records.</summary>
/// <param name="Name">Its name, camelCase.</param>
/// <param name="Type">Its type.</param>
internal sealed record ExportColumn(string Name, ColumnType Type)
{
    /// <summary>A column of text.</summary>
    public static ExportColumn Text(string name) => new(name, ColumnType.Text);

    /// <summary>A column of lists of text.</summary>
    public static ExportColumn Texts(string name) => new(name, ColumnType.Texts);

    /// <summary>A column of whole numbers.</summary>
    public static ExportColumn Whole(string name) => new(name, ColumnType.Whole);

    /// <summary>A column of floating-point numbers.</summary>
    public static ExportColumn Real(string name) => new(name, ColumnType.Real);

    /// <summary>A column of objects whose keys vary.</summary>
    public static ExportColumn Json(string name) => new(name, ColumnType.Json);
}

/// <summary>Type of a column, in Parquet and as Hugging Face's <c>dataset_info</c> names it.</summary>
internal sealed record ColumnType
{
    private ColumnType(Type clr, string? feature, ColumnType? item = null, IReadOnlyList<ExportColumn>? fields = null) =>
        (Clr, Feature, Item, Fields) = (clr, feature, item, fields);

    public static ColumnType Text { get; } = new(typeof(string), "string");

    /// <summary>A whole number of 64 bits.</summary>
    public static ColumnType Whole { get; } = new(typeof(long), "int64");

    /// <summary>A floating-point number.</summary>
    public static ColumnType Real { get; } = new(typeof(double), "float64");

    /// <summary>An object whose keys vary; in Parquet its JSON as text.</summary>
    public static ColumnType Json { get; } = new(typeof(string), "string");

    /// <summary>A list of text.</summary>
    public static ColumnType Texts { get; } = List(Text);

    /// <summary>Type of a value; of no meaning for lists and structures.</summary>
    public Type Clr { get; }

    /// <summary>Type of a list's items; null for other types.</summary>
    public ColumnType? Item { get; }

    /// <summary>Fields of a structure; null for other types.</summary>
    public IReadOnlyList<ExportColumn>? Fields { get; }

    private string? Feature { get; }

    public static ColumnType List(ColumnType item) => new(typeof(void), null, item: item);

    public static ColumnType Struct(params IReadOnlyList<ExportColumn> fields) => new(typeof(void), null, fields: fields);

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
