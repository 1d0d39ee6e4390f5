using XCoder.Agents.Export;
using XCoder.Agents.Reports;
using XCoder.Agents.Store;
using XCoder.Analysis;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents;

public sealed partial class RowWorkspace
{
    private const string Lines = ".jsonl", Columns = ".parquet", Json = ".json";

    /// <summary>Whether a path stands for one file of rows; else it is a folder.</summary>
    public static bool IsExportFile(string path) => path.EndsWith(Lines, StringComparison.Ordinal) || path.EndsWith(Columns, StringComparison.Ordinal);

    /// <summary>Writes rows as training data to a stream, as JSON lines.</summary>
    /// <param name="options">Which rows, in which shape.</param>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="run">Name or number of the run whose rows are meant; null for all.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="RequestException">There is no such run.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing was generated.</exception>
    public ExportSummary Export(ExportOptions options, Stream stream, string? run = null, CancellationToken cancellation = default)
    {
        using var rows = OpenRows();
        return ExporterOf(rows, options, run is null ? null : FindRun(rows, run)).WriteTo(stream, cancellation);
    }

    /// <summary>Writes rows as training data: one file with its attribution beside it where the path ends with <c>.jsonl</c> or <c>.parquet</c>, else a folder with a data card. Both are marked as this workspace's.</summary>
    /// <param name="options">Which rows, in which shape.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="choices">What was chosen, for the data card.</param>
    /// <param name="run">Name or number of the run whose rows are meant; null for all.</param>
    /// <param name="cancellation">Ends the work; nothing half stays.</param>
    /// <exception cref="RequestException">There is no such run.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing was generated.</exception>
    public ExportSummary Export(ExportOptions options, string path, IReadOnlyList<KeyValuePair<string, string>>? choices = null, string? run = null, CancellationToken cancellation = default)
    {
        using var rows = OpenRows();
        var chosen = run is null ? null : FindRun(rows, run);
        var exporter = ExporterOf(rows, options, chosen);

        // Before a byte is written: a purge must find what a killed export leaves.
        rows.RecordExport(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), TimeProvider.System.GetUtcNow());
        return IsExportFile(path) ? exporter.WriteFile(path, cancellation) : exporter.WriteFolder(path, new CardFacts
        {
            Tool = AnalysisRun.Version,
            Choices = choices ?? [],
            Runs = [.. rows.Runs().Where(other => chosen is null || other.Id == chosen.Id).Select(other => KeyValuePair.Create(other.Kind, other.Options))],
        }, cancellation);
    }

    /// <summary>Writes the report of a run to a file that is marked as this workspace's: a page, or JSON where the file's name ends with <c>.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">Name or number; null for the newest.</param>
    /// <returns>The report.</returns>
    /// <exception cref="RequestException">There is no such run, or none at all.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing was generated.</exception>
    public RunReport ExportReport(string path, string? run = null)
    {
        var report = Report(run);
        BeginExport(path);
        AsideFile.Write(path, path.EndsWith(Json, StringComparison.OrdinalIgnoreCase)
            ? stream => RunReportJson.Write(stream, report)
            : AsideFile.Text(writer => RunReportHtml.Write(writer, report)));
        MarkExport(path);
        return report;
    }

    private DatasetExporter ExporterOf(GenerationStore rows, ExportOptions options, StoredRun? run)
    {
        var source = new RowSource(() => rows.Rows(new RowSelection(Run: run?.Id)), rows.Notices(), (writer, notices, selected) => AttributionWriter.Write(writer, selected, notices));
        return new DatasetExporter(options with { Mark = ExportMark.Of(code.Folder) }, source);
    }
}
