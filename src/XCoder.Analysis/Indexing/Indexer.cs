using System.Collections.Concurrent;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Licences;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>
/// Walks repositories, extracts what changed and stores it. A file is written whole or not at all, so a run that
/// was killed is completed by the next one.
/// </summary>
internal sealed class Indexer
{
    private readonly WorkspaceFolder _workspace;
    private readonly LanguageCatalog _catalog;
    private readonly IndexOptions _options;

    /// <summary>An indexer that writes to a workspace this process has locked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Indexer(WorkspaceFolder workspace, LanguageCatalog catalog, IndexOptions options)
    {
        options.Validate();
        (_workspace, _catalog, _options) = (workspace, catalog, options);
    }

    /// <summary>Indexes what the paths stand for.</summary>
    /// <param name="paths">Folders or files.</param>
    /// <param name="progress">Told of progress, from several threads.</param>
    /// <param name="cancellation">Ends the run early; what was finished is stored, and nothing is removed.</param>
    /// <exception cref="PathNotFoundException">A path does not exist.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public IndexSummary Run(IReadOnlyList<string> paths, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        var detector = new LanguageDetector(_catalog.Languages);
        var walk = new WalkOptions { MaxFileBytes = _options.MaxFileBytes, Workspace = _workspace.Folder, MayBeSource = detector.MayBeSource };
        using var store = _workspace.OpenStore();
        using var journal = InFlightJournal.Open(_workspace.Folder, _options.Threads, out var left);
        foreach (var (repository, path, hash, detail) in left)
        {
            store.Quarantine(repository, path, hash, detail);
        }

        var known = store.Repositories().ToDictionary(row => row.Repository.Root, row => row.Repository.Name);
        var located = new RepositoryLocator(walk).Locate(paths, known, cancellation).Where(found => _options.Repository is null || found.Repository.Name == _options.Repository).ToList();
        var run = new IndexRun(_catalog, _options, detector, new SourceFileReader(_options.MaxFileBytes), new ExtractorKeys(_catalog), store.Quarantined(), journal);
        var tally = new IndexTally(located.Count, progress);
        using var watchdog = new Watchdog(journal, _options.Extraction.ParseLimit, Watchdog.MemoryLimit(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, _options.Threads), cancellation);
        using var queue = new StoreQueue(store, _options.BatchFiles);
        using var workers = new WorkerPool(run);
        var scopes = new List<(string, string)>();
        try
        {
            foreach (var repository in located)
            {
                scopes.AddRange(repository.Paths.Select(path => (repository.Repository.Name, path)));
                IndexRepository(store, run, new FileWalker(walk), repository, queue, workers, tally, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            queue.Flush();
            return tally.Summarise(scopes, interrupted: true);
        }

        return tally.Summarise(scopes, interrupted: false);
    }

    private static void IndexRepository(SnippetStore store, IndexRun run, FileWalker walker, LocatedRepository located, StoreQueue queue, WorkerPool workers, IndexTally tally, CancellationToken cancellation)
    {
        tally.Begin(located.Repository.Name);
        var id = store.PutRepository(located.Repository);
        var states = store.FileStates(id);
        var repository = new RepositoryRun(run, located.Repository, states, new LicenceFinder(located.Repository.Root));
        var skips = new ConcurrentBag<SkipRecord>();
        var kept = new ConcurrentDictionary<string, byte>();

        void Report(FileOutcome outcome)
        {
            if (outcome.Skip is { } skip)
            {
                skips.Add(skip);
            }
            else
            {
                kept.TryAdd(outcome.Path, 0);
            }

            if (outcome.Record is { } record)
            {
                queue.Add(id, record);
            }

            tally.Add(outcome);
        }

        // By name alone: a language read by a compiler shares its endings with none.
        var compiledExtensions = run.Catalog.Languages.Where(language => language.Parser != "tree-sitter").SelectMany(language => language.Extensions).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (compiled, projects) = (new List<FoundFile>(), new List<string>());
        workers.Begin(repository, Report, cancellation);
        try
        {
            foreach (var entry in walker.Walk(located, cancellation))
            {
                if (entry is SkippedFiles skipped)
                {
                    skips.Add(new SkipRecord(skipped.Path, skipped.Reason, skipped.Files, null, skipped.Detail));
                    if (skipped.Path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
                    {
                        projects.Add(skipped.Path);
                    }
                }
                else if (entry is FoundFile found)
                {
                    tally.AddFound();
                    if (compiledExtensions.Contains(Path.GetExtension(found.Path)))
                    {
                        compiled.Add(found);
                    }
                    else
                    {
                        workers.Add(found);
                    }
                }
            }
        }
        finally
        {
            tally.EndWalk();
            workers.End();
        }

        new RoslynWorker(run).Process(repository, compiled, projects, Report, cancellation);
        cancellation.ThrowIfCancellationRequested();
        queue.Flush();
        var gone = states.Where(state => !kept.ContainsKey(state.Key) && IsIn(located.Paths, state.Key)).Select(state => state.Value.Id).ToList();
        store.Finish(id, located.Paths, gone, skips);
        tally.End(gone.Count);
    }

    private static bool IsIn(IReadOnlyList<string> scopes, string path) =>
        scopes.Any(scope => scope.Length == 0 || path == scope || (path.StartsWith(scope, StringComparison.Ordinal) && path[scope.Length] == '/'));
}
