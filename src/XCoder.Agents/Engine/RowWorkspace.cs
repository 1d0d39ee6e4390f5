using System.Globalization;
using XCoder.Agents.Export;
using XCoder.Agents.Generation;
using XCoder.Agents.Memory;
using XCoder.Agents.Purge;
using XCoder.Agents.Reports;
using XCoder.Agents.Store;
using XCoder.Analysis;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents;

/// <summary>
/// The instruction pairs of a workspace: mining, writing by agents, verification, export, purge. Like <see cref="Workspace"/>, whose
/// options it follows, it takes locks where it writes and prepares what it needs; for one caller at a time.
/// </summary>
/// <param name="code">The workspace of the code that pairs are made of.</param>
public sealed partial class RowWorkspace(Workspace code)
{
    /// <summary>Name of the page about the newest run by agents, within the workspace.</summary>
    public const string ReportName = "generation.html";

    /// <summary>The workspace of the code.</summary>
    public Workspace Code => code;

    /// <summary>Whether anything was ever generated in it.</summary>
    public bool HasRows => GenerationStore.Exists(code.Folder);

    /// <summary>Opens the store of rows.</summary>
    /// <exception cref="StoreException">It cannot be used, or nothing was generated.</exception>
    public GenerationStore OpenRows() => HasRows
        ? GenerationStore.OpenExisting(code.Folder)
        : throw new StoreException(
            $"Nothing was generated in {code.Folder} yet. Run 'xcoder generate --mined', or 'xcoder generate "
                + $"--endpoint URL --chat-model NAME', first.");

    /// <summary>The run with a name, or with a number as reports show it; it must exist.</summary>
    /// <param name="rows">The store of rows.</param>
    /// <param name="name">Name or number.</param>
    /// <exception cref="RequestException">There is no such run.</exception>
    public static StoredRun FindRun(GenerationStore rows, string name)
    {
        if (rows.FindRun(RunKey.Of(name)) is { } named)
        {
            return named;
        }

        var runs = rows.Runs();
        return runs.FirstOrDefault(run => run.Id.ToString(CultureInfo.InvariantCulture) == name)
            ?? throw new RequestException(
                $"There is no run '{name}'.{Suggestion.For(name, runs.Select(NameOf))} There "
                    + $"are: {string.Join(", ", runs.Select(run => $"{NameOf(run)} ({run.Id})").DefaultIfEmpty("none"))}.");
    }

    /// <summary>Names of the repositories that the workspace holds or a row saw.</summary>
    /// <exception cref="StoreException">A store cannot be used, or nothing is indexed.</exception>
    public IReadOnlyList<string> KnownRepositories() => RepositoryPurge.Known(code.Existing());

    /// <summary>Removes a repository and all that derives from it.</summary>
    /// <param name="repository">Its name.</param>
    /// <param name="isDry">Whether only to say what would go.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellation">Ends the work; run again, it is completed.</param>
    /// <exception cref="RequestException">There is no such repository.</exception>
    /// <exception cref="StoreException">The workspace cannot be written.</exception>
    public PurgeSummary Purge(string repository, bool isDry = false, Action<string>? step = null, CancellationToken cancellation = default)
    {
        var known = KnownRepositories();
        if (!known.Contains(repository))
        {
            throw RequestException.NoRepository(repository, known);
        }

        using var hold = code.Hold(cancellation);
        return new RepositoryPurge(hold.Folder, repository).Run(isDry, step, cancellation);
    }

    /// <summary>Changes what the agent of a language remembers in a run.</summary>
    /// <param name="run">Name or number of the run.</param>
    /// <param name="language">Language id of the agent.</param>
    /// <param name="change">Makes the new memory of the old one, or an empty one.</param>
    /// <param name="cancellation">Ends the wait for the workspace.</param>
    /// <exception cref="RequestException">There is no such run.</exception>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing was generated.</exception>
    public void EditMemory(string run, string language, Func<AgentMemory, AgentMemory> change, CancellationToken cancellation = default)
    {
        using var hold = code.Hold(cancellation);
        using var rows = OpenRows();
        var id = FindRun(rows, run).Id;
        rows.PutMemory(id, change(rows.Memories(id).GetValueOrDefault(language) ?? new AgentMemory { Language = language }));
    }

    /// <summary>The report of a run.</summary>
    /// <param name="run">Name or number; null for the newest.</param>
    /// <exception cref="RequestException">There is no such run, or none at all.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing was generated.</exception>
    public RunReport Report(string? run = null)
    {
        using var rows = OpenRows();
        var found = run is not null ? FindRun(rows, run) : rows.Runs().LastOrDefault()
            ?? throw new RequestException($"The workspace {code.Folder} holds no run to report on. 'xcoder generate' makes one.");
        return RunReport.Of(rows, found);
    }

    /// <summary>Notes that rows are about to be written to a file or folder, so that a purge finds what a killed export leaves.</summary>
    /// <param name="path">The file or folder.</param>
    public void BeginExport(string path)
    {
        using var rows = GenerationStore.Open(code.Folder);
        rows.RecordExport(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), TimeProvider.System.GetUtcNow());
    }

    /// <summary>Marks a file that was written as this workspace's: a purge deletes no other.</summary>
    /// <param name="path">The file.</param>
    public void MarkExport(string path) => ExportMark.Of(code.Folder).Write(path);

    private static string NameOf(StoredRun run) => RunKey.NameOf(run.Key) ?? run.Kind;

    private const string Lines = ".jsonl", Columns = ".parquet", Json = ".json";

    /// <summary>Whether a path stands for one file of rows; else it is a folder.</summary>
    public static bool IsExportFile(string path) =>
        path.EndsWith(Lines, StringComparison.Ordinal) || path.EndsWith(Columns, StringComparison.Ordinal);

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

    /// <summary>
    /// Writes rows as training data: one file with its attribution beside it where the path ends with <c>.jsonl</c> or <c>.parquet</c>,
    /// else a folder with a data card. Both are marked as this workspace's.
    /// </summary>
    /// <param name="options">Which rows, in which shape.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="choices">What was chosen, for the data card.</param>
    /// <param name="run">Name or number of the run whose rows are meant; null for all.</param>
    /// <param name="cancellation">Ends the work; nothing half stays.</param>
    /// <exception cref="RequestException">There is no such run.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing was generated.</exception>
    public ExportSummary Export(ExportOptions options, string path, IReadOnlyList<KeyValuePair<string, string>>? choices = null,
        string? run = null, CancellationToken cancellation = default)
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
            Runs = [.. rows.Runs().Where(other => chosen is null || other.Id == chosen.Id)
                .Select(other => KeyValuePair.Create(other.Kind, other.Options))],
        }, cancellation);
    }

    /// <summary>
    /// Writes the report of a run to a file that is marked as this workspace's: a page, or JSON where the file's name ends with
    /// <c>.json</c>.
    /// </summary>
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
        var source = new RowSource(() => rows.Rows(new RowSelection(Run: run?.Id)), rows.Notices(),
            (writer, notices, selected) => AttributionWriter.Write(writer, selected, notices));
        return new DatasetExporter(options with { Mark = ExportMark.Of(code.Folder) }, source);
    }
}
