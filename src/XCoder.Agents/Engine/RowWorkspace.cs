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
/// The instruction rows of a workspace: mining, generation by agents, verification, export and purge. Follows the options of
/// its <see cref="Workspace"/>, locks the workspace when it writes, and prepares what it needs. Not thread-safe.
/// </summary>
/// <param name="code">The workspace of the code that rows are made from.</param>
public sealed partial class RowWorkspace(Workspace code)
{
    /// <summary>File name of the report page about the newest run by agents, within the workspace.</summary>
    public const string ReportName = "generation.html";

    /// <summary>The workspace of the code that rows are made from.</summary>
    public Workspace Code => code;

    /// <summary>Whether rows were ever generated in this workspace.</summary>
    public bool HasRows => GenerationStore.Exists(code.Folder);

    /// <summary>Whether agents ever began a run in this workspace; only agents have a memory.</summary>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public bool HasAgents()
    {
        using var rows = HasRows ? OpenRows() : null;
        return rows?.Runs().Any(run => run.Kind == AgentRun.Kind) == true;
    }

    /// <summary>Opens the store of rows.</summary>
    /// <exception cref="StoreException">The store cannot be used, or nothing was generated.</exception>
    public GenerationStore OpenRows() => HasRows
        ? GenerationStore.OpenExisting(code.Folder)
        : throw new StoreException(
            $"Nothing was generated in {code.Folder} yet. Run 'xcoder generate --mined', or 'xcoder generate "
                + $"--endpoint URL --chat-model NAME', first.");

    /// <summary>Finds a run by its name, or by its number as reports show it.</summary>
    /// <param name="rows">The store of rows.</param>
    /// <param name="name">Name or number.</param>
    /// <exception cref="RequestException">The run does not exist; the message lists those that do.</exception>
    public static StoredRun FindRun(GenerationStore rows, string name)
    {
        if (rows.FindRun(RunKey.Of(name)) is { } named)
        {
            return named;
        }

        var runs = rows.Runs();
        return runs.FirstOrDefault(run => run.Id.ToString(CultureInfo.InvariantCulture) == name)
            ?? runs.LastOrDefault(run => NameOf(run) == name) // the newest of those that no agent wrote
            ?? throw new RequestException(
                $"There is no run '{name}'.{Suggestion.For(name, runs.Select(NameOf))} There "
                    + $"are: {string.Join(", ", runs.Select(run => $"{NameOf(run)} ({run.Id})").DefaultIfEmpty("none"))}.");
    }

    /// <summary>Names of the repositories that the workspace or the lineage of a row mentions.</summary>
    /// <exception cref="StoreException">A store cannot be used, or nothing is indexed.</exception>
    public IReadOnlyList<string> KnownRepositories() => RepositoryPurge.Known(code.Existing());

    /// <summary>Throws unless the workspace has a repository of that name in its code or rows.</summary>
    /// <exception cref="RequestException">There is none.</exception>
    public void RequireRepository(string repository)
    {
        var known = KnownRepositories();
        if (!known.Contains(repository))
        {
            throw RequestException.NoRepository(repository, known);
        }
    }

    /// <summary>Removes a repository and everything that derives from it.</summary>
    /// <param name="repository">Name of the repository.</param>
    /// <param name="isDry">Whether to report only what would be removed.</param>
    /// <param name="step">Receives a description of each step.</param>
    /// <param name="cancellation">Ends the work; running the purge again completes it.</param>
    /// <exception cref="RequestException">The repository does not exist.</exception>
    /// <exception cref="StoreException">The workspace cannot be written.</exception>
    public PurgeSummary Purge(string repository, bool isDry = false, Action<string>? step = null, CancellationToken cancellation = default)
    {
        RequireRepository(repository);
        using var hold = code.Hold(cancellation);
        return new RepositoryPurge(hold.Folder, repository).Run(isDry, step, cancellation);
    }

    /// <summary>Changes the memory of a language's agent in a run.</summary>
    /// <param name="run">Name or number of the run.</param>
    /// <param name="language">Language id of the agent.</param>
    /// <param name="change">Returns the new memory for the old one; it gets an empty memory when there is none.</param>
    /// <param name="cancellation">Ends the wait for the workspace's lock.</param>
    /// <exception cref="RequestException">The run does not exist.</exception>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing was generated.</exception>
    public void EditMemory(string run, string language, Func<AgentMemory, AgentMemory> change, CancellationToken cancellation = default)
    {
        using var hold = code.Hold(cancellation);
        using var rows = OpenRows();
        var id = FindRun(rows, run).Id;
        rows.PutMemory(id, change(rows.Memories(id).GetValueOrDefault(language) ?? new AgentMemory { Language = language }));
    }

    /// <summary>Makes the report of a run.</summary>
    /// <param name="run">Name or number; null for the newest run.</param>
    /// <exception cref="RequestException">The run does not exist, or there is none.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing was generated.</exception>
    public RunReport Report(string? run = null)
    {
        using var rows = OpenRows();
        var found = run is not null ? FindRun(rows, run) : rows.Runs().LastOrDefault()
            ?? throw new RequestException($"The workspace {code.Folder} holds no run to report on. 'xcoder generate' makes one.");
        return RunReport.Of(rows, found);
    }

    /// <summary>
    /// Records that rows will be written to a file or folder, so that a purge finds the remains of an interrupted export.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    public void BeginExport(string path)
    {
        using var rows = GenerationStore.Open(code.Folder);
        rows.RecordExport(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), TimeProvider.System.GetUtcNow());
    }

    /// <summary>Marks a written file as this workspace's export. A purge deletes only marked files.</summary>
    /// <param name="path">The file.</param>
    public void MarkExport(string path) => ExportMark.Of(code.Folder).Write(path);

    private static string NameOf(StoredRun run) => RunKey.NameOf(run.Key) ?? run.Kind;

    private const string Lines = ".jsonl", Columns = ".parquet", Json = ".json";

    /// <summary>Whether a path names a single file of rows; otherwise it names a folder.</summary>
    public static bool IsExportFile(string path) =>
        path.EndsWith(Lines, StringComparison.Ordinal) || path.EndsWith(Columns, StringComparison.Ordinal);

    /// <summary>Writes rows as training data to a stream, as JSON lines.</summary>
    /// <param name="options">Which rows, and in which format.</param>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="run">Name or number of the run whose rows are exported; null for all.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="RequestException">The run does not exist.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing was generated.</exception>
    public ExportSummary Export(ExportOptions options, Stream stream, string? run = null, CancellationToken cancellation = default)
    {
        using var rows = OpenRows();
        return ExporterOf(rows, options, run is null ? null : FindRun(rows, run)).WriteTo(stream, cancellation);
    }

    /// <summary>
    /// Writes rows as training data: a single file with its attribution beside it when the path ends with <c>.jsonl</c> or <c>.parquet</c>,
    /// otherwise a folder with a data card. Marks both as this workspace's export.
    /// </summary>
    /// <param name="options">Which rows, and in which format.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="choices">The options chosen, for the data card.</param>
    /// <param name="run">Name or number of the run whose rows are exported; null for all.</param>
    /// <param name="cancellation">Ends the work; no partial file remains.</param>
    /// <exception cref="RequestException">The run does not exist.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing was generated.</exception>
    public ExportSummary Export(ExportOptions options, string path, IReadOnlyList<KeyValuePair<string, string>>? choices = null,
        string? run = null, CancellationToken cancellation = default)
    {
        using var rows = OpenRows();
        var chosen = run is null ? null : FindRun(rows, run);
        var exporter = ExporterOf(rows, options, chosen);

        // Record the export before the first byte is written: a purge must find the remains of an interrupted export.
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
    /// Writes the report of a run to a file and marks it as this workspace's export: JSON when the name ends with <c>.json</c>, otherwise a
    /// page.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="run">Name or number; null for the newest run.</param>
    /// <returns>The report.</returns>
    /// <exception cref="RequestException">The run does not exist, or there is none.</exception>
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
