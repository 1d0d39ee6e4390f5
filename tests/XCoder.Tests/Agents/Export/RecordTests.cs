using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using XCoder.Agents.Export;
using XCoder.Agents.Rows;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Export;

public class RecordTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default };

    [Theory]
    [InlineData("chat")]
    [InlineData("alpaca")]
    [InlineData("sharegpt")]
    [InlineData("pairs")]
    public void Record_OfAFormat_IsTheApprovedOne(string format)
    {
        using var folder = new TemporaryFolder();
        var lines = ExportRun.Lines(ExportRun.Through(folder.Root, [SampleRows.Make(1), SampleRows.MakeHostile()]), ExportRun.Options(ExportFormat.Find(format)));

        Snapshot.Matches(string.Concat(lines.Select(Pretty)), $"record-{format}.json");
    }

    [Fact]
    public void Record_OfAPreference_IsTheApprovedOne() =>
        Snapshot.Matches(string.Concat(ExportRun.Lines([SampleRows.MakePreference(1)], ExportRun.Options(ExportFormat.Dpo)).Select(Pretty)), "record-dpo.json");

    [Fact]
    public void Record_OfEveryPreference_HasTheDeclaredColumns() =>
        Assert.All(ExportRun.Lines([SampleRows.MakePreference(1), SampleRows.Make(2)], ExportRun.Options(ExportFormat.Dpo)), line =>
            Assert.Equal(ExportFormat.Dpo.Columns.Select(column => column.Name), JsonDocument.Parse(line).RootElement.EnumerateObject().Select(property => property.Name)));

    [Theory]
    [InlineData("chat")]
    [InlineData("alpaca")]
    [InlineData("sharegpt")]
    [InlineData("pairs")]
    public void Record_OfEveryRow_HasTheDeclaredColumns(string name)
    {
        var format = ExportFormat.Find(name)!;
        var columns = format.Columns.Select(column => column.Name);
        Assert.All(ExportRun.Lines([SampleRows.Make(1), SampleRows.MakeHostile()], ExportRun.Options(format)), line =>
            Assert.Equal(columns, JsonDocument.Parse(line).RootElement.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public void Record_HostileText_StaysOnItsLineAndSteersNoTerminal()
    {
        var line = Assert.Single(ExportRun.Lines([SampleRows.MakeHostile()]));
        Assert.DoesNotContain(line, character => char.IsControl(character) || character is '\u202E' or '\u2028');
        Assert.Equal(SampleRows.Hostile, JsonDocument.Parse(line).RootElement.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Fact]
    public void Record_AsPairs_HoldsAllOfTheRow()
    {
        var row = SampleRows.Make(1);
        Assert.Equal(RowJson.Write(row), RowJson.Write(RowJson.Read(Encoding.UTF8.GetBytes(ExportRun.Lines([row], ExportRun.Options(ExportFormat.Pairs))[0]))));
    }

    internal static string Line(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new LineWriter(stream))
        {
            writer.Write(write);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Pretty(string line) => JsonSerializer.Serialize(JsonDocument.Parse(line).RootElement, Indented) + "\n";
}
