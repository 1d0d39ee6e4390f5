using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Walk;

namespace XCoder.Analysis.Indexing;

/// <summary>
/// Extracts C# a project folder at a time, since names resolve across its files: if one of them changed, all are
/// extracted again. A folder too large to resolve is read in portions, syntax only.
/// </summary>
internal sealed class RoslynWorker(IndexRun run)
{
    private const int PortionFiles = 256;

    // Of the parse limit: binding takes longer than parsing, and the first file of a unit declares all others. Parsing and binding
    // stop at the lower one where the compiler asks whether it should; it does not within one body, and the watchdog has the upper one.
    private const int FileFactor = 6, WatchdogFactor = 10;

    /// <summary>Processes all C# files of a repository.</summary>
    public void Process(RepositoryRun repository, IReadOnlyList<FoundFile> files, IEnumerable<string> projects, Action<FileOutcome> report, CancellationToken cancellation)
    {
        var folders = ProjectFolders.Assign([.. files.Select(file => file.Path)], projects);
        foreach (var unit in files.Zip(folders).GroupBy(pair => pair.Second, pair => pair.First))
        {
            cancellation.ThrowIfCancellationRequested();
            var limits = new RoslynOptions();
            var members = unit.ToList();
            var resolve = run.Options.Resolve && members.Count <= limits.MaxUnitFiles && members.Sum(file => file.Size) <= limits.MaxUnitBytes;
            foreach (var portion in resolve ? [members] : members.Chunk(PortionFiles).Select(chunk => chunk.ToList()))
            {
                ProcessUnit(repository, portion, resolve, report, cancellation);
            }
        }
    }

    private void ProcessUnit(RepositoryRun repository, List<FoundFile> members, bool resolve, Action<FileOutcome> report, CancellationToken cancellation)
    {
        var sources = new List<(FoundFile Found, SourceFile File, string Hash, Language Language)>();
        foreach (var found in members)
        {
            if (FileReading.Read(repository, found, out var outcome) is { } read)
            {
                sources.Add((found, read.File, read.Hash, read.Language));
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
        var unit = resolve ? ExtractorKeys.Hash(sources.Select(source => source.Found.Path + ":" + source.Hash)) : "syntax";
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
                ? new FileOutcome(found.Path, null, FileRecordBuilder.Build(repository.Repository.Name, file, hash, key, repository.Licences.Find(found.Path, file.Text), extracted), null, file.Text.Length)
                : FileReading.Skip(found, SkipReason.Timeout, file.Text.Length, language.Id, result.Detail));
        }, cancellation);
    }

    // Threads that parse with tree-sitter are idle meanwhile: their slots are free.
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
