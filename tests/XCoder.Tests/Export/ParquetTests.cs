using System.Text.Json;
using XCoder.Agents.Export;
using XCoder.Agents.Export.Parquet;
using XCoder.Agents.Rows;
using XCoder.Tests.Repositories;

namespace XCoder.Tests.Export;

/// <summary>Parquet, read back by DuckDB.</summary>
public class ParquetTests
{
    [Theory]
    [InlineData(ExportFormat.Chat)]
    [InlineData(ExportFormat.Alpaca)]
    [InlineData(ExportFormat.ShareGpt)]
    [InlineData(ExportFormat.Pairs)]
    public void File_OfAFormat_HoldsWhatTheLinesHold(ExportFormat format)
    {
        using var folder = new TemporaryFolder();
        InstructionRow[] rows = [SampleRows.Make(1), SampleRows.MakeHostile(), SampleRows.Make(2)];
        var summary = ExportRun.Folder(Path.Combine(folder.Root, "set"), rows, ExportRun.Options(format, parquet: true));
        var file = Path.Combine(folder.Root, "set", Assert.Single(summary.Files).Path);
        using var session = DuckDbSession.Open(folder.Root);

        // What varies is JSON in text, and so a string in this JSON.
        var written = session.Query($"SELECT to_json(t) FROM read_parquet({DuckDbSession.PathLiteral(file)}) t").Select(row => JsonDocument.Parse(row[0]!).RootElement);
        Assert.Equal(ExportRun.Lines(rows, ExportRun.Options(format)).Select(line => Flat(JsonDocument.Parse(line).RootElement)), written.Select(Flat));
        var columns = ExportColumns.Of(format);
        Assert.Equal(columns.Select(column => (column.Name, column.Type.Sql.Replace("\"", ""))), session.Query($"DESCRIBE SELECT * FROM read_parquet({DuckDbSession.PathLiteral(file)})").Select(row => (row[0]!, row[1]!.Replace("\"", ""))));
    }

    [Fact]
    public void File_OfPreferences_HasTheDeclaredColumns()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "dpo.parquet");
        var options = ExportRun.Options(ExportFormat.Dpo, parquet: true);
        Assert.Equal(2, new DatasetExporter(options, ExportRun.Of([SampleRows.MakePreference(1)])).WriteFile(path, CancellationToken.None).Exported);
        using var session = DuckDbSession.Open(folder.Root);
        Assert.Equal(["0.5", "execution", "2"], session.Query($"SELECT margin, basis, len(evidence) FROM read_parquet({DuckDbSession.PathLiteral(path)})")[0]);
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
        using var session = DuckDbSession.Open(folder.Root);
        Assert.Equal("20000000", session.Query($"SELECT max(length(messages[2].content)) FROM read_parquet({DuckDbSession.PathLiteral(Path.Combine(folder.Root, "set", summary.Files[0].Path))})")[0][0]);
    }

    [Fact]
    public void Query_Wrong_IsAClearError()
    {
        using var folder = new TemporaryFolder();
        using var session = DuckDbSession.Open(folder.Root);
        Assert.Contains("DuckDB", Assert.Throws<InvalidDataException>(() => session.Query("SELECT * FROM read_parquet('/no/such/file')")).Message, StringComparison.Ordinal);
    }

    // Values by path, so that order of keys and text that holds JSON do not matter.
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
                case JsonValueKind.Number:
                    values[path] = value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
                    break;
                default:
                    values[path] = value.ToString();
                    break;
            }
        }
    }
}
