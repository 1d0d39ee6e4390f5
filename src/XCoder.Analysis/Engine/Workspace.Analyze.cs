using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis;

/// <summary>Options of <see cref="Workspace.Analyze"/>.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Limits of indexing.</summary>
    public IndexOptions Index { get; init; } = new();

    /// <summary>Options of the search for duplicates.</summary>
    public DuplicateOptions Duplicates { get; init; } = new();

    /// <summary>Whether to embed snippets, which semantic duplicates and concepts need. Default true.</summary>
    public bool Embed { get; init; } = true;

    /// <summary>Reports to write into the workspace. Default: all of them.</summary>
    public IReadOnlyList<ReportFormat> Reports { get; init; } = ReportFormat.All;

    /// <summary>Instruction pairs by concept and language, which the matrix shows. Default: none.</summary>
    public IReadOnlyDictionary<(string Concept, string Language), int> Pairs { get; init; } = new Dictionary<(string, string), int>();
}

/// <summary>Result of <see cref="Workspace.Analyze"/>.</summary>
/// <param name="Index">What indexing did, and whether it was interrupted.</param>
/// <param name="Report">The report; null if indexing was interrupted.</param>
public sealed record AnalysisResult(IndexSummary Index, AnalysisReport? Report);

public sealed partial class Workspace
{
    // The other limits are in ConceptQuery.
    private const int MostGaps = 1000;

    // The report draws a map only up to this many nodes, because a larger one takes long; Page draws any.
    private const int MostPoints = 5000;

    /// <summary>
    /// Indexes, finds duplicates and concepts, and writes reports into the workspace. If nothing has changed, returns the
    /// last report.
    /// </summary>
    /// <param name="paths">Repositories, folders of repositories, other folders, or files.</param>
    /// <param name="options">Options; null uses the defaults.</param>
    /// <param name="cancellation">Interrupts the run; what was finished is kept.</param>
    /// <exception cref="XCoder.Analysis.Repositories.Walk.PathNotFoundException">A path does not exist.</exception>
    /// <exception cref="RequestException">The paths do not contain the requested repository.</exception>
    /// <exception cref="StoreException">The workspace cannot be written.</exception>
    /// <exception cref="XCoder.Analysis.Embeddings.Runtime.EmbeddingException">The model cannot be used.</exception>
    public AnalysisResult Analyze(IReadOnlyList<string> paths, AnalysisOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new AnalysisOptions();
        var duplicates = options.Duplicates with { Threads = Options.Threads };
        using var hold = Hold(cancellation);
        var watch = Stopwatch.StartNew();
        var summary = Extract(hold.Folder, paths, options.Index, cancellation);
        if (summary.Interrupted)
        {
            return new AnalysisResult(summary, null);
        }

        IgnoreSet ignores;
        using (var store = hold.Folder.OpenStore())
        {
            ignores = Ignores(store);
        }

        var fingerprint = (options.Embed ? SemanticFingerprint(hold.Folder) : "") + Fingerprint(options.Pairs) + ignores.Fingerprint;
        var files = options.Reports.Select(format => format.FileName).ToList();
        var cache = AnalysisCache.Open(hold.Folder, summary.Scopes, duplicates, Catalog, files, fingerprint);
        var report = cache.Read();
        if (report is null)
        {
            report = Report(hold.Folder, summary, options with { Duplicates = duplicates }, ignores, watch, cancellation);
            WriteReports(hold.Folder, report, options.Reports);
            cache.Write(report);
        }

        return new AnalysisResult(summary, report);
    }

    private AnalysisReport Report(WorkspaceFolder folder, IndexSummary summary, AnalysisOptions options, IgnoreSet ignores,
        Stopwatch watch, CancellationToken cancellation)
    {
        var selection = StoreSelection.Of(summary.Scopes);
        var timings = new List<KeyValuePair<string, double>> { KeyValuePair.Create("index", watch.Elapsed.TotalSeconds) };
        watch.Restart();
        var semantic = options.Embed ? OpenSemantic(folder, options.Duplicates.MinTokens, cancellation) : null;
        if (semantic is not null)
        {
            timings.Add(KeyValuePair.Create("embed", watch.Elapsed.TotalSeconds));
        }

        var concepts = semantic is null ? null : OpenConcepts(folder, semantic, options.Duplicates.MinTokens, cancellation);
        var report = AnalysisRun.Report(folder, selection, options.Duplicates, Catalog, timings,
            semantic is null ? null : (semantic.Index, semantic.Rule, semantic.Basis), ignores, cancellation: cancellation);
        if (concepts is null)
        {
            return report;
        }

        using var store = folder.OpenStore();
        report = report with { Concepts = Report(store, concepts, new ConceptQuery { Pairs = options.Pairs, MostGaps = MostGaps },
            selection) };
        return WithPage(store, concepts, report, MostPoints, cancellation);
    }

    private static void WriteReports(WorkspaceFolder folder, AnalysisReport report, IReadOnlyList<ReportFormat> formats)
    {
        using var store = folder.OpenStore();
        foreach (var format in formats)
        {
            AsideFile.Replace(Path.Combine(folder.Folder, format.FileName), stream => format.Writer(stream, report, store.Code));
        }
    }

    private static string Fingerprint(IReadOnlyDictionary<(string Concept, string Language), int> counts) => string.Join('\n', counts
        .OrderBy(count => count.Key.Concept, StringComparer.Ordinal).ThenBy(count => count.Key.Language, StringComparer.Ordinal)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key.Concept} {count.Key.Language} {count.Value}")));
}

/// <summary>
/// Stores the last report of a workspace with a key of its input, so that a run in which nothing changed need not make
/// it again.
/// </summary>
internal sealed partial class AnalysisCache
{
    private readonly string _path;
    private readonly string _folder;
    private readonly string _key;
    private readonly IReadOnlyList<string> _files;

    private AnalysisCache(string folder, string key, IReadOnlyList<string> files) =>
        (_folder, _path, _key, _files) = (folder, Path.Combine(folder, "analysis.cache"), key, files);

    /// <summary>Opens the cache with the key of the given options and the current content of the store.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="scopes">Repositories and paths that the report covers.</param>
    /// <param name="options">Options of the search for duplicates.</param>
    /// <param name="catalog">The languages; the key contains their dialects.</param>
    /// <param name="files">Names of the files of the reports.</param>
    /// <param name="semantic">Identifies the model and the threshold; empty if the report has no semantic duplicates.</param>
    public static AnalysisCache Open(WorkspaceFolder workspace, IReadOnlyList<(string Repository, string Path)> scopes,
        DuplicateOptions options, LanguageCatalog catalog, IReadOnlyList<string> files, string semantic = "")
    {
        using var store = workspace.OpenStore();
        return new AnalysisCache(workspace.Folder, HexHash.Key(
            AnalysisRun.Version, typeof(AnalysisCache).Module.ModuleVersionId.ToString(), store.Generation(),
            (options with { Threads = 1 }).ToString(), string.Join('\n', scopes), semantic, string.Join('\n', files),
            string.Join('\n', catalog.Languages.Where(language => language.DialectOf is not null)
                .Select(language => (language.Id, language.DialectOf)))), files);
    }

    /// <summary>Returns the cached report if its key matches and its files still exist; otherwise null.</summary>
    public AnalysisReport? Read()
    {
        try
        {
            using var stream = _files.All(name => File.Exists(Path.Combine(_folder, name))) ? WorkspaceFile.OpenRead(_path) : null;
            return stream is not null && ReadKey(stream) == _key ? JsonSerializer.Deserialize(stream, CacheContext.Default.AnalysisReport)
                : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Stores a report whose files have been written.</summary>
    public void Write(AnalysisReport report)
    {
        AsideFile.Replace(_path, stream =>
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(_key + "\n"));
            JsonSerializer.Serialize(stream, report, CacheContext.Default.AnalysisReport);
        });
    }

    private string ReadKey(Stream stream)
    {
        var buffer = new byte[_key.Length + 1];
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length
            ? System.Text.Encoding.ASCII.GetString(buffer, 0, _key.Length) : "";
    }

    [JsonSerializable(typeof(AnalysisReport))]
    private sealed partial class CacheContext : JsonSerializerContext;
}
