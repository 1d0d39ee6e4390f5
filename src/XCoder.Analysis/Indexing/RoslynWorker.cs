using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Licences;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Indexing;

/// <summary>
/// Extracts C# one project folder at a time, because names resolve across its files: if one file changed, all are
/// extracted again. A folder too large to resolve is read in portions, syntax only.
/// </summary>
internal sealed class RoslynWorker(IndexRun run)
{
    private const int PortionFiles = 256;

    // Multiples of the parse limit. Binding takes longer than parsing, and the first file of a unit pays for declaring
    // all others. At FileFactor the compiler stops where it checks for cancellation. It does not check within one body,
    // so the watchdog stops it at WatchdogFactor.
    private const int FileFactor = 6, WatchdogFactor = 10;

    /// <summary>Processes all C# files of a repository.</summary>
    public void Process(RepositoryRun repository, IReadOnlyList<FoundFile> files, IEnumerable<string> projects, Action<FileOutcome> report,
        CancellationToken cancellation)
    {
        var folders = ProjectFolders.Assign([.. files.Select(file => file.Path)], projects);
        foreach (var unit in files.Zip(folders).GroupBy(pair => pair.Second, pair => pair.First))
        {
            cancellation.ThrowIfCancellationRequested();
            var limits = new RoslynOptions();
            var members = unit.ToList();
            var resolve = run.Options.Resolve && members.Count <= limits.MaxUnitFiles
                && members.Sum(file => file.Size) <= limits.MaxUnitBytes;
            foreach (var portion in resolve ? [members] : members.Chunk(PortionFiles).Select(chunk => chunk.ToList()))
            {
                ProcessUnit(repository, portion, resolve, report, cancellation);
            }
        }
    }

    private void ProcessUnit(RepositoryRun repository, List<FoundFile> members, bool resolve, Action<FileOutcome> report,
        CancellationToken cancellation)
    {
        var sources = new List<(FoundFile Found, SourceFile File, string Hash, Language Language)>();
        foreach (var found in members)
        {
            if (FileReading.Read(repository, found, out var outcome) is { } read)
            {
                sources.Add((found, read.File, read.Hash, read.Languages[0]));
            }
            else
            {
                report(outcome!);
            }
        }

        if (sources.Count == 0)
        {
            return;
        }

        // What a file's facts depend on: every file of the unit.
        var unit = resolve ? HexHash.Key(sources.Select(source => source.Found.Path + ":" + source.Hash)) : "syntax";
        var language = sources[0].Language;
        var key = run.Keys.Of(language, unit);
        var stored = sources.ConvertAll(source => repository.Unchanged(source.File, source.Hash, key));
        var pending = resolve && stored.Contains(null) ? sources : [.. sources.Where((_, i) => stored[i] is null)];
        foreach (var (source, id) in pending.Count == sources.Count ? [] : sources.Zip(stored))
        {
            if (id is not null)
            {
                report(new FileOutcome(source.Found.Path, id, null, null, source.File.Text.Length));
            }
        }

        if (pending.Count == 0)
        {
            return;
        }

        var options = new RoslynOptions
        {
            Threads = run.Options.Threads,
            Resolve = resolve,
            FileTimeout = run.Options.Extraction.ParseLimit * FileFactor,
            Entering = (thread, i) => Enter(thread, repository, pending[i].Found, pending[i].Hash),
            Leaving = Leave,
        };
        RoslynProject.Extract([.. pending.Select(source => source.File)], language, options, result =>
        {
            var (found, file, hash, _) = pending[result.Index];
            report(result.Extracted is { } extracted
                ? new FileOutcome(found.Path, null,
                    FileRecordBuilder.Build(repository.Repository.Name, file, hash, key, repository.LicenceOf(file), extracted), null,
                    file.Text.Length)
                : FileReading.Skip(found, SkipReason.Timeout, file.Text.Length, language.Id, result.Detail));
        }, cancellation);
    }

    // Meanwhile the threads that parse with tree-sitter are idle, so their slots are free.
    private unsafe void Enter(int thread, RepositoryRun repository, FoundFile found, string hash)
    {
        run.Journal.Enter(thread, repository.Repository.Name, found.Path, hash, run.Options.Extraction.ParseLimit * WatchdogFactor);
        Native.xc_guard_enter_managed(run.Journal.State(thread));
    }

    private unsafe void Leave(int thread)
    {
        Native.xc_guard_enter_managed(null);
        run.Journal.Leave(thread);
    }
}

/// <summary>State shared by the threads that index one repository; without licences where nothing is stored.</summary>
internal sealed record RepositoryRun(IndexRun Run, Repository Repository, IReadOnlyDictionary<string, FileState> States,
    LicenceFinder? Licences)
{
    /// <summary>The licence of a file; null where it has none.</summary>
    public Licence? LicenceOf(SourceFile file) => Licences?.Find(file.Path, file.Notices);

    /// <summary>Row id of the stored file if extraction would store the same again; else null.</summary>
    public long? Unchanged(SourceFile file, string hash, string extractor) =>
        States.TryGetValue(file.Path, out var state) && state.Hash == hash && state.Extractor == extractor
            && (!Run.Options.ChecksLicences || state.Licence == LicenceOf(file)) ? state.Id : null;
}

/// <summary>Divides the C# files of a repository into units, each of which is one compilation.</summary>
internal static class ProjectFolders
{
    /// <summary>The unit of each file: the nearest folder at or above it with a project file, or else the root.</summary>
    /// <param name="files">Paths of C# files below the repository's root, <c>/</c>-separated.</param>
    /// <param name="projects">Paths of the repository's <c>.csproj</c> files, in the same form.</param>
    /// <returns>For each file, in order, a folder without trailing slash; the empty string for the root.</returns>
    public static string[] Assign(IReadOnlyList<string> files, IEnumerable<string> projects)
    {
        var units = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "" };
        foreach (var project in projects)
        {
            var folder = Folder(project);
            units[folder] = folder;
        }

        var assigned = new string[files.Count];
        var passed = new List<string>();
        for (var i = 0; i < assigned.Length; i++)
        {
            passed.Clear();
            var folder = Folder(files[i]);
            string? unit;
            while (!units.TryGetValue(folder, out unit))
            {
                passed.Add(folder);
                folder = Folder(folder);
            }

            assigned[i] = unit;
            foreach (var below in passed)
            {
                units[below] = unit;
            }
        }

        return assigned;
    }

    private static string Folder(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
