using System.Text.Json;
using XCoder.Agents.Export;
using XCoder.Agents.Export.Formats;
using XCoder.Agents.Rows;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Export;

/// <summary>Another export format is a class and an entry of the table.</summary>
public class ExportFormatTests
{
    private static readonly InstructionRow[] Rows = [SampleRows.Make(1), SampleRows.MakePreference(2)];

    [Fact]
    public void All_Formats_AreFoundByNamesOfTheirOwn()
    {
        Assert.Equal(["chat", "alpaca", "sharegpt", "pairs", "dpo"], ExportFormat.All.Select(format => format.Name));
        Assert.All(ExportFormat.All, format => Assert.Same(format, ExportFormat.Find(format.Name)));
        Assert.Null(ExportFormat.Find("toy"));
        Assert.Same(ExportFormat.All[0], new ExportOptions().Format);
    }

    [Fact]
    public void Lines_OfAToyFormat_HoldWhatItWrites()
    {
        var lines = ExportRun.Lines(Rows, ExportRun.Options(new ToyFormat(takesPreferences: false)));
        Assert.Equal(Rows.Select(row => row.Id), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()));
        Assert.All(lines, line => Assert.StartsWith("{\"words\":", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_OfAToyFormatOfPreferences_AreOnePerPair() =>
        Assert.Equal(Rows.Sum(row => row.Preferences.Count), ExportRun.Lines(Rows, ExportRun.Options(new ToyFormat(takesPreferences: true))).Length);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Folder_OfAToyFormat_HasItsNameAndColumns(bool parquet)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "set");
        var format = new ToyFormat(takesPreferences: false);
        var summary = ExportRun.Folder(path, Rows, ExportRun.Options(format, parquet));
        var card = File.ReadAllText(Path.Combine(path, "README.md"));
        Assert.Contains("- config_name: toy\n", card, StringComparison.Ordinal);
        Assert.Equal(!parquet, card.Contains("  - name: words\n    dtype: int64\n", StringComparison.Ordinal));
        var file = Path.Combine(path, Assert.Single(summary.Files).Path);
        using var stream = File.OpenRead(file);
        var records = parquet ? ParquetRecords.Read(stream, file) : File.ReadLines(file);
        Assert.All(records, record => Assert.Equal(format.Columns.Select(column => column.Name), JsonDocument.Parse(record).RootElement.EnumerateObject().Select(property => property.Name)));
    }

    private sealed class ToyFormat(bool takesPreferences) : ExportFormat
    {
        public override string Name => "toy";

        public override bool TakesPreferences => takesPreferences;

        internal override IReadOnlyList<ExportColumn> Columns { get; } = [ExportColumn.Whole("words"), .. RecordParts.Origin];

        internal override void Write(Utf8JsonWriter json, InstructionRow row)
        {
            json.WriteStartObject();
            json.WriteNumber("words", row.Instruction.Split(' ').Length);
            RecordParts.WriteOrigin(json, row);
            json.WriteEndObject();
        }
    }
}
