using System.Collections.Concurrent;
using XCoder.Analysis.Extraction.Containers;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Licences;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>
/// Walks repositories, extracts changed files and stores them. Each file is written completely or not at all, so the
/// next run completes one that was killed.
/// </summary>
internal sealed class Indexer
{
    private readonly WorkspaceFolder _workspace;
    private readonly LanguageCatalog _catalog;
    private readonly IndexOptions _options;

    /// <summary>Creates an indexer that writes to a workspace. This process must hold the workspace's lock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Indexer(WorkspaceFolder workspace, LanguageCatalog catalog, IndexOptions options)
    {
        options.Validate();
        (_workspace, _catalog, _options) = (workspace, catalog, options);
    }

    /// <summary>The walk of a run of indexing, for others that have to find the same files.</summary>
    /// <param name="workspace">Absolute path of the workspace, which is left out.</param>
    /// <param name="catalog">The languages.</param>
    /// <param name="options">Limits.</param>
    public static WalkOptions WalkOf(string workspace, LanguageCatalog catalog, IndexOptions options)
    {
        var detector = new LanguageDetector(catalog.Languages);
        return WalkOf(workspace, options, detector, new ContainerReader(catalog, (name, text) => detector.Detect(name, text)));
    }

    private static WalkOptions WalkOf(string workspace, IndexOptions options, LanguageDetector detector,
        ContainerReader containers) => new()
    {
        MaxFileBytes = options.MaxFileBytes,
        Workspace = workspace,
        MayBeSource = path => detector.MayBeSource(path) || containers.Find(path) is not null,
        OwnLimit = path => containers.Find(path)?.MaxBytes ?? 0,
    };

    /// <summary>Indexes the repositories that the paths refer to.</summary>
    /// <param name="paths">Folders or files.</param>
    /// <param name="progress">Receives progress from several threads.</param>
    /// <param name="cancellation">Ends the run early. Finished files are stored, and nothing is removed.</param>
    /// <exception cref="PathNotFoundException">A path does not exist.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    public IndexSummary Run(IReadOnlyList<string> paths, IProgress<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var detector = new LanguageDetector(_catalog.Languages);
        var containers = new ContainerReader(_catalog, (name, text) => detector.Detect(name, text));
        var walk = WalkOf(_workspace.Folder, _options, detector, containers);
        using var store = _workspace.OpenStore();
        using var journal = InFlightJournal.Open(_workspace.Folder, _options.Threads, out var left);
        foreach (var (repository, path, hash, detail) in left)
        {
            store.Quarantine(repository, path, hash, detail);
        }

        var known = store.Repositories().ToDictionary(row => row.Repository.Root, row => row.Repository.Name);
        var located = new RepositoryLocator(walk).Locate(paths, known, cancellation)
            .Where(found => _options.Repository is null || found.Repository.Name == _options.Repository).ToList();
        var run = new IndexRun(_catalog, _options, detector, containers, new SourceFileReader(_options.MaxFileBytes),
            new ExtractorKeys(_catalog), store.Quarantined(), journal);
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

        // The name decides unless git's attributes do, because compiled languages share no file ending with others.
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
                    if (run.Containers.Find(found.Path) is not null)
                    {
                        workers.Add(found);
                    }
                    else if (found.Attributes.Language is { } named ? run.Catalog.Named(named) is { Parser: not "tree-sitter" }
                        : compiledExtensions.Contains(Path.GetExtension(found.Path)))
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
            compiled.AddRange(workers.End().OrderBy(static file => file.Path, StringComparer.Ordinal));
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

/// <summary>Options of an index run.</summary>
public sealed record IndexOptions
{
    /// <summary>Number of threads that extract, at least 1. Default: the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Name, in the store, of the only repository among the paths to index; null for all.</summary>
    public string? Repository { get; init; }

    /// <summary>Maximum file size in bytes, 1 to 1 GiB; larger files are skipped. Default 1 MiB.</summary>
    public long MaxFileBytes { get; init; } = 1 << 20;

    /// <summary>Number of files per transaction, at least 1. Default 256.</summary>
    public int BatchFiles { get; init; } = 256;

    /// <summary>Whether to resolve C# symbols (signature, calls, types). Default true.</summary>
    public bool Resolve { get; init; } = true;

    /// <summary>Time and size limits for each file.</summary>
    public ExtractionOptions Extraction { get; init; } = new();

    /// <summary>Throws if a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the exception has its name and value.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxFileBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchFiles, 1);
    }

    /// <summary>
    /// Whether to look for the licences of files that did not change, too: another file may say them. Default true.
    /// </summary>
    internal bool ChecksLicences { get; init; } = true;

    /// <summary>Extracts a file in the stead of tree-sitter, for tests; null for tree-sitter.</summary>
    internal Func<SourceFile, ExtractedFile?>? Extract { get; init; }
}

/// <summary>State shared by all parts of one index run.</summary>
internal sealed record IndexRun(
    LanguageCatalog Catalog,
    IndexOptions Options,
    LanguageDetector Detector,
    ContainerReader Containers,
    SourceFileReader Reader,
    ExtractorKeys Keys,
    IReadOnlyDictionary<(string Repository, string Path), (string? Hash, string Detail)> Quarantined,
    InFlightJournal Journal);

/// <summary>Counts the files that an index run processes. Several threads may add outcomes.</summary>
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

/// <summary>The result of an index run.</summary>
public sealed record IndexSummary
{
    /// <summary>What was indexed: repository name, and path below its root (<c>""</c> for the whole repository).</summary>
    public required IReadOnlyList<(string Repository, string Path)> Scopes { get; init; }

    /// <summary>Number of files extracted.</summary>
    public int Extracted { get; init; }

    /// <summary>Number of files that were up to date.</summary>
    public int Unchanged { get; init; }

    /// <summary>Number of stored files removed because they no longer exist or are now skipped.</summary>
    public int Removed { get; init; }

    /// <summary>Number of bytes read.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether the run was interrupted. Finished files are stored.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Whether the run changed the store.</summary>
    public bool Changed => Extracted > 0 || Removed > 0;
}
