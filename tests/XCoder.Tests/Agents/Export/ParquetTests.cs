using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using XCoder.Agents.Export;
using XCoder.Agents.Rows;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Export;

/// <summary>Parquet, read back by DuckDB.</summary>
public class ParquetTests
{
    [Theory]
    [InlineData("chat")]
    [InlineData("alpaca")]
    [InlineData("sharegpt")]
    [InlineData("pairs")]
    public void File_OfAFormat_HoldsWhatTheLinesHold(string name)
    {
        var format = ExportFormat.Find(name)!;
        using var folder = new TemporaryFolder();
        InstructionRow[] rows = [SampleRows.Make(1), SampleRows.MakeHostile(), SampleRows.Make(2)];
        var summary = ExportRun.Folder(Path.Combine(folder.Root, "set"), rows, ExportRun.Options(format, parquet: true));
        var file = Path.Combine(folder.Root, "set", Assert.Single(summary.Files).Path);

        // What varies is JSON in text, and so a string in this JSON.
        var expected = ExportRun.Lines(rows, ExportRun.Options(format)).Select(line => Flat(JsonDocument.Parse(line).RootElement)).ToList();
        Assert.Equal(expected, Query($"SELECT CAST(to_json(t) AS VARCHAR) FROM read_parquet('{file}') t").Select(row => Flat(JsonDocument.Parse(row[0]).RootElement)));
        using var stream = File.OpenRead(file);
        Assert.Equal(expected, ParquetRecords.Read(stream, file).Select(record => Flat(JsonDocument.Parse(record).RootElement)));

        Assert.Equal(format.Columns.Select(column => (column.Name, SqlOf(column.Type))), Query($"DESCRIBE SELECT * FROM read_parquet('{file}')").Select(row => (row[0], row[1].Replace("\"", ""))));
        Assert.Equal(["ZSTD"], Query($"SELECT DISTINCT compression FROM parquet_metadata('{file}')")[0]);
    }

    // Every way for a value, a list or a structure to be missing, at every depth, over several row groups.
    [Fact]
    public void File_OfRandomRecords_IsReadAsItWasWritten()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        var columns = ExportFormat.Pairs.Columns;
        var records = Enumerable.Range(0, FullRun.IsWanted ? 3000 : 200).Select(_ => RecordOf(columns, random)).ToList();
        records.Insert(100, new Dictionary<string, object?> { ["response"] = new string('x', 17 << 20) });
        var (json, parquet) = (Path.Combine(folder.Root, "lines"), Path.Combine(folder.Root, "parquet"));
        File.WriteAllLines(json, records.Select(record => JsonSerializer.Serialize(record)));
        ParquetConverter.Convert(json, parquet, columns, records.Count);

        var expected = File.ReadLines(json).Select(line => Flat(JsonDocument.Parse(line).RootElement)).ToList();
        using var stream = File.OpenRead(parquet);
        Assert.Equal(expected, ParquetRecords.Read(stream, parquet).Select(record => Flat(JsonDocument.Parse(record).RootElement)));
        Assert.Equal(expected, Query($"SELECT CAST(to_json(t) AS VARCHAR) FROM read_parquet('{parquet}') t").Select(row => Flat(JsonDocument.Parse(row[0]).RootElement)));
        Assert.NotEqual("1", Query($"SELECT count(DISTINCT row_group_id) FROM parquet_metadata('{parquet}')")[0][0]);
    }

    // Exports of earlier versions were written by DuckDB; purge reads them.
    [Fact]
    public void Records_OfAFileByDuckDb_AreRead()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Root, "old.parquet");
        Query($"COPY (SELECT 'a' AS id, CAST(NULL AS BIGINT) AS rounds, 0.5::DOUBLE AS total, [{{'repository': 'r', 'startLine': 7::BIGINT}}, NULL] AS lineage, CAST([] AS VARCHAR[]) AS notices) TO '{file}' (FORMAT parquet, COMPRESSION zstd)");
        using var stream = File.OpenRead(file);
        Assert.Equal(["""{"id":"a","rounds":null,"total":0.5,"lineage":[{"repository":"r","startLine":7},null],"notices":[]}"""], ParquetRecords.Read(stream, file));
    }

    [Fact]
    public void Records_OfNoParquet_AreAClearError()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a.parquet", "no Parquet at all");
        using var stream = File.OpenRead(file);
        Assert.Contains(file, Assert.Throws<InvalidDataException>(() => ParquetRecords.Read(stream, file).ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_OfPreferences_HasTheDeclaredColumns()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "dpo.parquet");
        var options = ExportRun.Options(ExportFormat.Dpo, parquet: true);
        Assert.Equal(2, new DatasetExporter(options, ExportRun.Of([SampleRows.MakePreference(1)])).WriteFile(path, CancellationToken.None).Exported);
        Assert.Equal(["0.5", "execution", "2"], Query($"SELECT margin, basis, len(evidence) FROM read_parquet('{path}')")[0]);
    }

    [Fact]
    public void File_PathWithPatternsAndQuotes_IsTakenAsItStands()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "a*b[c]?'d;--", "set");
        var summary = ExportRun.Folder(path, [SampleRows.Make(1)], ExportRun.Options(parquet: true));
        Assert.True(File.Exists(Path.Combine(path, Assert.Single(summary.Files).Path)));
    }

    [Fact]
    public void File_HugeResponse_IsKept()
    {
        using var folder = new TemporaryFolder();
        var huge = SampleRows.Make(1) with { Response = new string('x', 20_000_000) };
        var summary = ExportRun.Folder(Path.Combine(folder.Root, "set"), [huge, SampleRows.Make(2)], ExportRun.Options(parquet: true));
        Assert.Equal("20000000", Query($"SELECT max(length(messages[2].content)) FROM read_parquet('{Path.Combine(folder.Root, "set", summary.Files[0].Path)}')")[0][0]);
    }

    private static List<string[]> Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!)]);
        }

        return rows;
    }

    private static string SqlOf(ColumnType type) => type switch
    {
        { Item: { } item } => SqlOf(item) + "[]",
        { Fields: { } fields } => $"STRUCT({string.Join(", ", fields.Select(field => $"{field.Name} {SqlOf(field.Type)}"))})",
        _ => type.Clr == typeof(long) ? "BIGINT" : type.Clr == typeof(double) ? "DOUBLE" : "VARCHAR",
    };

    private static Dictionary<string, object?> RecordOf(IReadOnlyList<ExportColumn> columns, Random random) =>
        columns.Where(_ => random.Next(6) > 0).ToDictionary(column => column.Name, column => ValueOf(column.Type, random));

    private static object? ValueOf(ColumnType type, Random random) => random.Next(5) == 0 ? null : type switch
    {
        { Item: { } item } => Enumerable.Range(0, random.Next(4)).Select(_ => ValueOf(item, random)).ToList(),
        { Fields: { } fields } => RecordOf(fields, random),
        _ when type.Clr == typeof(long) => random.Next(),
        _ when type.Clr == typeof(double) => random.NextDouble(),
        _ => random.Next(8) == 0 ? "" : $"\u0001 \"é\" {random.Next()}",
    };

    // Values by path, so that order of keys, keys left out and text that holds JSON do not matter.
    private static SortedDictionary<string, string> Flat(JsonElement element)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add("", element);
        return values;

        void Add(string path, JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object when !path.EndsWith("scores", StringComparison.Ordinal) && !path.EndsWith("signals", StringComparison.Ordinal) && !path.EndsWith("redactions", StringComparison.Ordinal):
                    value.EnumerateObject().ToList().ForEach(property => Add($"{path}.{property.Name}", property.Value));
                    break;
                case JsonValueKind.Object:
                    values[path] = value.GetRawText();
                    break;
                case JsonValueKind.Array:
                    value.EnumerateArray().Select((item, i) => (item, i)).ToList().ForEach(item => Add($"{path}[{item.i}]", item.item));
                    break;
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.Number:
                    values[path] = value.GetDouble().ToString("R", CultureInfo.InvariantCulture);
                    break;
                default:
                    values[path] = value.ToString();
                    break;
            }
        }
    }
}
