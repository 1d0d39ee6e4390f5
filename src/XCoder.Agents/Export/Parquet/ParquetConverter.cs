using System.Globalization;

namespace XCoder.Agents.Export.Parquet;

/// <summary>Turns JSON lines into Parquet, compressed with Zstandard.</summary>
internal static class ParquetConverter
{
    // DuckDB's own, in bytes; it keeps two buffers of this size.
    private const long LeastObject = 16 << 20;

    /// <summary>Writes a Parquet file with all the records of a file of JSON lines.</summary>
    /// <param name="json">The JSON lines.</param>
    /// <param name="parquet">The file to write.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">Number of records, to be found again in the file.</param>
    /// <param name="longest">Bytes of the longest line.</param>
    /// <exception cref="InvalidDataException">DuckDB is missing, fails, or loses a record.</exception>
    public static void Convert(string json, string parquet, IReadOnlyList<ExportColumn> columns, long rows, long longest)
    {
        using var session = DuckDbSession.Open(Path.GetDirectoryName(Path.GetFullPath(parquet))!);
        var types = string.Join(", ", columns.Select(column => $"\"{column.Name}\": {DuckDbSession.Literal(column.Type.Sql)}"));
        var most = Math.Max(LeastObject, longest + 1024).ToString(CultureInfo.InvariantCulture);
        session.Query($$"""
            COPY (SELECT * FROM read_json({{DuckDbSession.PathLiteral(json)}}, format = 'newline_delimited', columns = {{{types}}}, maximum_object_size = {{most}}))
            TO {{DuckDbSession.Literal(parquet)}} (FORMAT parquet, COMPRESSION zstd)
            """);
        var written = session.Query($"SELECT count(*) FROM read_parquet({DuckDbSession.PathLiteral(parquet)})")[0][0];
        if (written != rows.ToString(CultureInfo.InvariantCulture))
        {
            throw new InvalidDataException($"{parquet} holds {written} of {rows} records. Export JSONL instead, and report this.");
        }
    }
}
