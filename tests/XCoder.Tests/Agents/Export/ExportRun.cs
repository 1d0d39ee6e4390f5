using XCoder.Agents.Export;
using XCoder.Agents.Licences;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Tests.Agents.Export;

/// <summary>Exports rows by way of a store.</summary>
internal static class ExportRun
{
    public static readonly CardFacts Facts = new() { Tool = "1.2.3", Choices = [KeyValuePair.Create("verdict", "a|b")], Runs = [KeyValuePair.Create("mined", "{\"x\":\"```\"}")] };

    public static ExportOptions Options(ExportFormat? format = null, bool parquet = false) =>
        new() { Format = format ?? ExportFormat.Chat, Parquet = parquet, Filter = new RowFilterOptions { Licences = LicencePolicy.Parse("any") } };

    public static RowSource Of(IReadOnlyList<InstructionRow> rows) => new(() => rows, new Dictionary<string, LicenceNotice>(), (writer, _, exported) => writer.Write($"{exported.Count()} rows\n"));

    public static ExportSummary Folder(string path, IReadOnlyList<InstructionRow> rows, ExportOptions? options = null, CancellationToken cancellation = default) =>
        new DatasetExporter(options ?? Options(), Of(rows)).WriteFolder(path, Facts, cancellation);

    public static string[] Lines(IReadOnlyList<InstructionRow> rows, ExportOptions? options = null)
    {
        using var stream = new MemoryStream();
        new DatasetExporter(options ?? Options(), Of(rows)).WriteTo(stream, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Rows as a store gives them back.</summary>
    public static IReadOnlyList<InstructionRow> Through(string folder, IReadOnlyList<InstructionRow> rows)
    {
        SampleRows.Store(folder, rows);
        using var store = GenerationStore.Open(folder);
        return [.. store.Rows()];
    }
}
