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
    public IndexSummary Run(IReadOnlyList<string> paths, IProgress<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var detector = new LanguageDetector(_catalog.Languages);
        var walk = new WalkOptions { MaxFileBytes = _options.MaxFileBytes, Workspace = _workspace.Folder,
            MayBeSource = detector.MayBeSource };
        using var store = _workspace.OpenStore();
        using var journal = InFlightJournal.Open(_workspace.Folder, _options.Threads, out var left);
        foreach (var (repository, path, hash, detail) in left)
        {
            store.Quarantine(repository, path, hash, detail);
        }

        var known = store.Repositories().ToDictionary(row => row.Repository.Root, row => row.Repository.Name);
        var located = new RepositoryLocator(walk).Locate(paths, known, cancellation)
            .Where(found => _options.Repository is null || found.Repository.Name == _options.Repository).ToList();
        var run = new IndexRun(_catalog, _options, detector, new SourceFileReader(_options.MaxFileBytes), new ExtractorKeys(_catalog),
            store.Quarantined(), journal);
        var tally = new IndexTally(located.Count, progress);
        using var watchdog = new Watchdog(journal, _options.Extraction.ParseLimit,
            Watchdog.MemoryLimit(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, _options.Threads), cancellation);
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

    private static void IndexRepository(SnippetStore store, IndexRun run, FileWalker walker, LocatedRepository located, StoreQueue queue,
        WorkerPool workers, IndexTally tally, CancellationToken cancellation)
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
        var compiledExtensions = run.Catalog.Languages.Where(language => language.Parser != "tree-sitter")
            .SelectMany(language => language.Extensions).ToHashSet(StringComparer.OrdinalIgnoreCase);
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
        var gone = states.Where(state => !kept.ContainsKey(state.Key) && IsIn(located.Paths, state.Key)).Select(state => state.Value.Id)
            .ToList();
        store.Finish(id, located.Paths, gone, skips);
        tally.End(gone.Count);
    }

    private static bool IsIn(IReadOnlyList<string> scopes, string path) =>
        scopes.Any(scope => scope.Length == 0 || path == scope
            || (path.StartsWith(scope, StringComparison.Ordinal) && path[scope.Length] == '/'));
}

/// <summary>How an index run works.</summary>
public sealed record IndexOptions
{
    /// <summary>Threads that extract. Default: as many as there are cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Name of the only repository of the paths to index, as the store has it; null for all.</summary>
    public string? Repository { get; init; }

    /// <summary>Files above this many bytes are skipped. Default 1 MiB.</summary>
    public long MaxFileBytes { get; init; } = 1 << 20;

    /// <summary>Files a transaction. Default 256.</summary>
    public int BatchFiles { get; init; } = 256;

    /// <summary>Whether C# symbols are resolved (signature, calls, types). Default true.</summary>
    public bool Resolve { get; init; } = true;

    /// <summary>Limits of extraction.</summary>
    public ExtractionOptions Extraction { get; init; } = new();

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxFileBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchFiles, 1);
    }
}

/// <summary>What all parts of one index run share.</summary>
internal sealed record IndexRun(
    LanguageCatalog Catalog,
    IndexOptions Options,
    LanguageDetector Detector,
    SourceFileReader Reader,
    ExtractorKeys Keys,
    IReadOnlyDictionary<(string Repository, string Path), (string? Hash, string Detail)> Quarantined,
    InFlightJournal Journal);

/// <summary>Counts what an index run does, from several threads.</summary>
internal sealed class IndexTally(int repositories, IProgress<StageProgress>? progress)
{
    private string _repository = "";
    private int _repositoriesDone;
    private int _found;
    private int _done;
    private int _extracted;
    private int _unchanged;
    private int _removed;
    private long _bytes;
    private bool _walked;

    public void Begin(string repository) => (_repository, _walked) = (repository, false);

    public void AddFound() => Interlocked.Increment(ref _found);

    public void EndWalk() => _walked = true;

    public void Add(FileOutcome outcome)
    {
        Interlocked.Add(ref _bytes, outcome.Bytes);
        Interlocked.Increment(ref _done);
        if (outcome.Record is not null)
        {
            Interlocked.Increment(ref _extracted);
        }
        else if (outcome.Unchanged is not null)
        {
            Interlocked.Increment(ref _unchanged);
        }

        progress?.Report(new StageProgress("index", _done, _found)
        {
            Unit = "files",
            Item = _repository,
            IsTotalOpen = !_walked,
            Bytes = _bytes,
            PartsDone = _repositoriesDone,
            Parts = repositories,
        });
    }

    public void End(int removed)
    {
        _removed += removed;
        _repositoriesDone++;
    }

    public IndexSummary Summarise(IReadOnlyList<(string Repository, string Path)> scopes, bool interrupted) => new()
    {
        Scopes = scopes,
        Extracted = _extracted,
        Unchanged = _unchanged,
        Removed = _removed,
        Bytes = _bytes,
        Interrupted = interrupted,
    };
}

/// <summary>What an index run did.</summary>
public sealed record IndexSummary
{
    /// <summary>What was indexed: repository name and path below its root (<c>""</c>: all of it).</summary>
    public required IReadOnlyList<(string Repository, string Path)> Scopes { get; init; }

    /// <summary>Files extracted anew.</summary>
    public int Extracted { get; init; }

    /// <summary>Files found unchanged.</summary>
    public int Unchanged { get; init; }

    /// <summary>Stored files removed because they are gone or are skipped now.</summary>
    public int Removed { get; init; }

    /// <summary>Bytes read.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether the run was interrupted; what was finished is stored.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Whether the store holds anything else than before.</summary>
    public bool Changed => Extracted > 0 || Removed > 0;
}
