using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis;

/// <summary>
/// Keeps the last report of a workspace beside what it was made from, so that a run in which nothing changed shows
/// it again instead of making it again.
/// </summary>
internal sealed partial class AnalysisCache
{
    private static readonly string[] ReportFiles = ["report.html", "report.json", "duplicates.sarif"];

    private readonly string _path;
    private readonly string _folder;
    private readonly string _key;

    private AnalysisCache(string folder, string key) => (_folder, _path, _key) = (folder, Path.Combine(folder, "analysis.cache"), key);

    /// <summary>The cache of a workspace for what the options and the store's content would give now.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="scopes">What is reported on.</param>
    /// <param name="options">How duplicates are looked for.</param>
    /// <param name="catalog">Tells which languages are dialects of one.</param>
    /// <param name="semantic">Stands for the model and the threshold; empty where no semantic duplicates are looked for.</param>
    public static AnalysisCache Open(WorkspaceFolder workspace, IReadOnlyList<(string Repository, string Path)> scopes, DuplicateOptions options, LanguageCatalog catalog, string semantic = "")
    {
        using var store = workspace.OpenStore();
        return new AnalysisCache(workspace.Folder, ExtractorKeys.Hash(
            AnalysisRun.Version, typeof(AnalysisCache).Module.ModuleVersionId.ToString(), store.Generation(), (options with { Threads = 1 }).ToString(), string.Join('\n', scopes), semantic,
            string.Join('\n', catalog.Languages.Where(language => language.DialectOf is not null).Select(language => (language.Id, language.DialectOf)))));
    }

    /// <summary>The report made from exactly this, if its files are still there; else null.</summary>
    public AnalysisReport? Read()
    {
        try
        {
            using var stream = ReportFiles.All(name => File.Exists(Path.Combine(_folder, name))) ? WorkspaceFile.OpenRead(_path) : null;
            return stream is not null && ReadKey(stream) == _key ? JsonSerializer.Deserialize(stream, CacheContext.Default.AnalysisReport) : null;
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a report whose files have been written.</summary>
    public void Write(AnalysisReport report)
    {
        AsideFile.Write(_path, stream =>
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(_key + "\n"));
            JsonSerializer.Serialize(stream, report, CacheContext.Default.AnalysisReport);
        });
    }

    private string ReadKey(Stream stream)
    {
        var buffer = new byte[_key.Length + 1];
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length ? System.Text.Encoding.ASCII.GetString(buffer, 0, _key.Length) : "";
    }

    [JsonSerializable(typeof(AnalysisReport))]
    private sealed partial class CacheContext : JsonSerializerContext;
}
