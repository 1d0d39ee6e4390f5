using System.IO.Compression;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace XCoder.Agents.Export;

/// <summary>Converts JSON lines to Parquet, compressed with Zstandard.</summary>
internal static class ParquetConverter
{
    // A row group is held in memory, so both its rows and its characters are limited.
    private const int GroupRows = 100_000;
    private const long GroupCharacters = 16 << 20;

    /// <summary>Writes a Parquet file with all the records of a file of JSON lines, and counts them again in the result.</summary>
    /// <param name="json">Path of the JSON lines.</param>
    /// <param name="parquet">Path of the file to write; it must not exist.</param>
    /// <param name="columns">The columns; each column and each part of one may be null.</param>
    /// <param name="rows">Number of records that the Parquet file must hold.</param>
    /// <exception cref="InvalidDataException">The Parquet file holds another number of records.</exception>
    public static void Convert(string json, string parquet, IReadOnlyList<ExportColumn> columns, long rows)
    {
        using var stream = new FileStream(parquet, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        Write(File.ReadLines(json), stream, columns).GetAwaiter().GetResult();
        var written = ParquetRecords.Count(stream, parquet);
        if (written != rows)
        {
            throw new InvalidDataException($"{parquet} holds {written} of {rows} records. Export JSONL instead, and report this.");
        }
    }

    private static async Task Write(IEnumerable<string> lines, Stream stream, IReadOnlyList<ExportColumn> columns)
    {
        var schema = new ParquetSchema(columns.Select(column => FieldOf(column.Name, column.Type)));
        var parts = ParquetColumn.Of(schema);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Optimal };
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, options).ConfigureAwait(false);
        var (rows, characters) = (0, 0L);
        foreach (var line in lines)
        {
            using var record = JsonDocument.Parse(line);
            ParquetColumn.Add(parts, record.RootElement);
            (rows, characters) = (rows + 1, characters + line.Length);
            if (rows == GroupRows || characters >= GroupCharacters)
            {
                WriteGroup(writer, parts);
                (rows, characters) = (0, 0L);
            }
        }

        if (rows > 0)
        {
            WriteGroup(writer, parts);
        }
    }

    private static void WriteGroup(ParquetWriter writer, IReadOnlyList<ParquetColumn> columns)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
        {
            column.Write(group);
        }
    }

    private static Field FieldOf(string name, ColumnType type) => type switch
    {
        { Item: { } item } => new ListField(name, FieldOf("element", item)),
        { Fields: { } fields } => new StructField(name, [.. fields.Select(field => FieldOf(field.Name, field.Type))]),
        _ => new DataField(name, type.Clr, isNullable: true),
    };
}

/// <summary>
/// A column of a Parquet file, or a part of a nested one, split into values and levels (Melnik et al., Dremel, 2010). The definition level
/// says how much of the path to a value exists; the repetition level says which list the value continues.
/// </summary>
internal sealed class ParquetColumn
{
    private readonly DataField? _field;
    private readonly ParquetColumn[] _parts;
    private readonly bool _isList;
    private readonly string _name;

    // A value here is not null from this definition level on; further items of a list have this repetition level.
    private readonly int _definition, _repetition;

    private readonly List<int> _definitions = [], _repetitions = [];
    private readonly List<ReadOnlyMemory<char>> _texts = [];
    private readonly List<long> _wholes = [];
    private readonly List<double> _reals = [];

    private ParquetColumn(Field field, int definition, int repetition)
    {
        _name = field.Name;
        _definition = definition + (field.IsNullable ? 1 : 0);
        (_isList, _repetition) = (field is ListField, repetition + (field is ListField ? 1 : 0));
        _field = field as DataField;
        _parts = field switch
        {
            ListField list => [new ParquetColumn(list.Item, _definition + 1, _repetition)],
            StructField record => [.. record.Fields.Select(part => new ParquetColumn(part, _definition, repetition))],
            DataField { IsArray: false } => [],
            _ => throw new InvalidDataException($"{field.Name} is a column of a kind that no export has ({field.SchemaType})."),
        };
    }

    /// <summary>Creates the columns of a schema.</summary>
    /// <exception cref="InvalidDataException">A column has a type that no export uses.</exception>
    public static IReadOnlyList<ParquetColumn> Of(ParquetSchema schema) =>
        [.. schema.Fields.Select(field => new ParquetColumn(field, 0, 0))];

    /// <summary>Splits a record into its columns.</summary>
    public static void Add(IReadOnlyList<ParquetColumn> columns, JsonElement record)
    {
        foreach (var column in columns)
        {
            column.Add(record.TryGetProperty(column._name, out var value) ? value : default, 0, 0);
        }
    }

    /// <summary>Writes the added values to a row group and clears them.</summary>
    public void Write(ParquetRowGroupWriter group)
    {
        foreach (var part in _parts)
        {
            part.Write(group);
        }

        if (_field is null)
        {
            return;
        }

        var task = Type.GetTypeCode(_field.ClrType) switch
        {
            TypeCode.Int64 => Write(group, _wholes),
            TypeCode.Double => Write(group, _reals),
            _ => Write(group, _texts),
        };
        task.GetAwaiter().GetResult();
        _definitions.Clear();
        _repetitions.Clear();
    }

    private Task Write<T>(ParquetRowGroupWriter group, List<T> values)
        where T : struct
    {
        ReadOnlyMemory<int>? repetitions = _repetition > 0 ? _repetitions.ToArray() : null;
        var all = values.ToArray();
        values.Clear();
        return group.WriteAllPartsAsync<T>(_field!, all, (ReadOnlyMemory<int>)_definitions.ToArray(), repetitions, CancellationToken.None);
    }

    private void Add(JsonElement value, int repetition, int definition)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            AddNothing(repetition, definition);
        }
        else if (_field is not null)
        {
            AddValue(value, repetition);
        }
        else if (!_isList)
        {
            foreach (var part in _parts)
            {
                part.Add(value.TryGetProperty(part._name, out var inner) ? inner : default, repetition, _definition);
            }
        }
        else if (value.GetArrayLength() == 0)
        {
            AddNothing(repetition, _definition);
        }
        else
        {
            foreach (var item in value.EnumerateArray())
            {
                _parts[0].Add(item, repetition, _definition + 1);
                repetition = _repetition;
            }
        }
    }

    private void AddNothing(int repetition, int definition)
    {
        foreach (var part in _parts)
        {
            part.AddNothing(repetition, definition);
        }

        if (_field is not null)
        {
            _definitions.Add(definition);
            _repetitions.Add(repetition);
        }
    }

    private void AddValue(JsonElement value, int repetition)
    {
        _definitions.Add(_definition);
        _repetitions.Add(repetition);
        switch (Type.GetTypeCode(_field!.ClrType))
        {
            case TypeCode.Int64:
                _wholes.Add(value.GetInt64());
                break;
            case TypeCode.Double:
                _reals.Add(value.GetDouble());
                break;
            default:
                // An object with varying keys is stored as its JSON.
                _texts.Add((value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).AsMemory());
                break;
        }
    }
}
