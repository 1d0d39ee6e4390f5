using System.Buffers;
using System.Text;
using System.Text.Json;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace XCoder.Agents.Export;

/// <summary>Reads the records of a Parquet file back as JSON.</summary>
internal static class ParquetRecords
{
    /// <summary>Reads the records, one row group in memory at a time. Null values are written as null.</summary>
    /// <param name="stream">The file; must support seeking.</param>
    /// <param name="path">Path for messages.</param>
    /// <exception cref="InvalidDataException">The file is not Parquet, or no export wrote it.</exception>
    public static IEnumerable<string> Read(Stream stream, string path)
    {
        var reader = Open(stream, path);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = Guard(path, () => reader.OpenRowGroupReader(i));
            var columns = Guard(path, () => reader.Schema.Fields.Select(field => new Column(field, 0, 0, group)).ToList());
            try
            {
                for (long row = 0; row < group.RowCount; row++)
                {
                    buffer.ResetWrittenCount();
                    json.Reset();
                    yield return Guard(path, () =>
                    {
                        WriteNext(json, columns);
                        return Encoding.UTF8.GetString(buffer.WrittenSpan);
                    });
                }
            }
            finally
            {
                columns.ForEach(column => column.Dispose());
            }
        }
    }

    /// <summary>The number of records according to the file's metadata.</summary>
    /// <param name="stream">The file; must support seeking.</param>
    /// <param name="path">Path for messages.</param>
    /// <exception cref="InvalidDataException">The file is not Parquet.</exception>
    public static long Count(Stream stream, string path) => Open(stream, path).Metadata!.NumRows;

    private static ParquetReader Open(Stream stream, string path)
    {
        stream.Position = 0;
        return Guard(path, () => ParquetReader.CreateAsync(stream).GetAwaiter().GetResult());
    }

    private static void WriteNext(Utf8JsonWriter json, List<Column> columns)
    {
        json.WriteStartObject();
        foreach (var column in columns)
        {
            json.WritePropertyName(column.Name);
            column.WriteNext(json);
        }

        json.WriteEndObject();
        json.Flush();
    }

    // The package throws many types of exceptions for invalid files.
    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidDataException($"{path} is no Parquet file of an export: {exception.Message}", exception);
        }
    }

    /// <summary>A column of a row group, or a part of one, with the reading position.</summary>
    private sealed class Column : IDisposable
    {
        private readonly Column[] _parts;
        private readonly bool _isList, _isRecord;
        private readonly int _definition, _repetition;
        private readonly int[] _definitions = [], _repetitions = [];
        private readonly RawColumnData? _values;
        private int _next, _nextValue;

        public Column(Field field, int definition, int repetition, ParquetRowGroupReader group)
        {
            Name = field.Name;
            _definition = definition + (field.IsNullable ? 1 : 0);
            (_isList, _isRecord, _repetition) = (field is ListField, field is StructField, repetition + (field is ListField ? 1 : 0));
            _parts = field switch
            {
                ListField list => [new Column(list.Item, _definition + 1, _repetition, group)],
                StructField record => [.. record.Fields.Select(part => new Column(part, _definition, repetition, group))],
                DataField { IsArray: false } => [],
                _ => throw new InvalidDataException($"The column {field.Name} is of a kind that no export has ({field.SchemaType})."),
            };
            if (field is DataField data)
            {
                _values = group.ReadRawColumnDataBaseAsync(data).AsTask().GetAwaiter().GetResult();
                _definitions = data.MaxDefinitionLevel > 0 ? _values.DefinitionLevels.ToArray() : [];
                _repetitions = data.MaxRepetitionLevel > 0 ? _values.RepetitionLevels.ToArray() : [];
            }
        }

        public string Name { get; }

        private Column First => _parts.Length == 0 ? this : _parts[0].First;

        private int NextDefinition => First is { } first && first._definitions.Length > 0 ? first._definitions[first._next] : int.MaxValue;

        private bool IsAtEnd => First is { } first && first._next >= first._repetitions.Length;

        public void Dispose()
        {
            _values?.Dispose();
            foreach (var part in _parts)
            {
                part.Dispose();
            }
        }

        public void WriteNext(Utf8JsonWriter json)
        {
            if (NextDefinition < _definition)
            {
                Skip();
                json.WriteNullValue();
            }
            else if (_isRecord)
            {
                json.WriteStartObject();
                foreach (var part in _parts)
                {
                    json.WritePropertyName(part.Name);
                    part.WriteNext(json);
                }

                json.WriteEndObject();
            }
            else if (_isList)
            {
                WriteList(json);
            }
            else
            {
                _next++;
                WriteValue(json, _nextValue++);
            }
        }

        private void WriteList(Utf8JsonWriter json)
        {
            json.WriteStartArray();
            if (NextDefinition == _definition)
            {
                Skip();
            }
            else
            {
                do
                {
                    _parts[0].WriteNext(json);
                }
                while (!IsAtEnd && First._repetitions[First._next] == _repetition);
            }

            json.WriteEndArray();
        }

        private void Skip()
        {
            _next++;
            foreach (var part in _parts)
            {
                part.Skip();
            }
        }

        private void WriteValue(Utf8JsonWriter json, int at)
        {
            switch (_values)
            {
                case RawColumnData<ReadOnlyMemory<char>> texts:
                    json.WriteStringValue(texts.Values[at].Span);
                    break;
                case RawColumnData<long> wholes:
                    json.WriteNumberValue(wholes.Values[at]);
                    break;
                case RawColumnData<double> reals:
                    json.WriteNumberValue(reals.Values[at]);
                    break;
                default:
                    throw new InvalidDataException($"The column {Name} has values of a type that no export has.");
            }
        }
    }
}
