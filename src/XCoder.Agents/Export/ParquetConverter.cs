using System.IO.Compression;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace XCoder.Agents.Export;

/// <summary>Turns JSON lines into Parquet, compressed with Zstandard.</summary>
internal static class ParquetConverter
{
    // A row group is held in memory.
    private const int GroupRows = 100_000;
    private const long GroupCharacters = 16 << 20;

    /// <summary>Writes a Parquet file with all the records of a file of JSON lines.</summary>
    /// <param name="json">The JSON lines.</param>
    /// <param name="parquet">The file to write.</param>
    /// <param name="columns">The columns; each, and each part of one, may be null.</param>
    /// <param name="rows">Number of records, to be found again in the file.</param>
    /// <exception cref="InvalidDataException">A record was lost.</exception>
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
