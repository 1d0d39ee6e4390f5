using System.Collections.Concurrent;
using System.Security.Cryptography;
using XCoder.Analysis.Extraction.Containers;
using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Ignore;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>
/// Extracts files that are in no work tree, such as those of a commit, by the rules and with the guards of indexing; nothing is
/// stored. C# is read file by file, without its project.
/// </summary>
internal sealed class BlobExtraction
{
    private const string JournalName = "blobs.journal";

    private readonly WorkspaceFolder _workspace;
    private readonly LanguageCatalog _catalog;
    private readonly IndexOptions _options;

    /// <summary>Creates an extraction. This process must hold the workspace's lock, in whose journal it notes what it reads.</summary>
    public BlobExtraction(WorkspaceFolder workspace, LanguageCatalog catalog, IndexOptions options)
    {
        options.Validate();
        (_workspace, _catalog, _options) = (workspace, catalog, options with { Resolve = false });
    }

    /// <summary>Whether a file may be source code, by its path alone.</summary>
    public static Func<string, bool> MayBeSource(LanguageCatalog catalog)
    {
        var detector = new LanguageDetector(catalog.Languages);
        var containers = Containers(catalog, detector);
        return path => detector.MayBeSource(path) || containers.Find(path) is not null;
    }

    /// <summary>The most bytes that a file with this path may have.</summary>
    public static Func<string, long> Limit(LanguageCatalog catalog, long maxFileBytes)
    {
        var containers = Containers(catalog, new LanguageDetector(catalog.Languages));
        return path => Math.Max(maxFileBytes, containers.Find(path)?.MaxBytes ?? 0);
    }

    private static ContainerReader Containers(LanguageCatalog catalog, LanguageDetector detector) =>
        new(catalog, (name, text) => detector.Detect(name, text));

    /// <summary>Extracts the files.</summary>
    /// <param name="repository">Their repository; names and paths are those of its snippets.</param>
    /// <param name="blobs">The files; no path occurs twice.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>What became of each file, ordered by path: a record, or why it was skipped.</returns>
    public IReadOnlyList<FileOutcome> Run(Repository repository, IReadOnlyList<BlobFile> blobs, CancellationToken cancellation)
    {
        using var journal = InFlightJournal.Open(_workspace.Folder, _options.Threads, out var left, JournalName, keeps: true);
        var quarantined = left.GroupBy(static entry => (entry.Repository, entry.Path))
            .ToDictionary(static entries => entries.Key, static entries => ((string?)entries.Last().Hash, entries.Last().Detail));
        var detector = new LanguageDetector(_catalog.Languages);
        var run = new IndexRun(_catalog, _options, detector, Containers(_catalog, detector),
            new SourceFileReader(_options.MaxFileBytes), new ExtractorKeys(_catalog), quarantined, journal);
        var state = new RepositoryRun(run, repository, new Dictionary<string, FileState>(), null);
        using var watchdog = new Watchdog(journal, _options.Extraction.ParseLimit,
            Watchdog.MemoryLimit(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, _options.Threads), cancellation);
        var (outcomes, compiled) = (new ConcurrentBag<FileOutcome>(), new ConcurrentBag<Read>());
        var queue = new ConcurrentQueue<BlobFile>(blobs);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation };
        Parallel.For(0, Math.Min(_options.Threads, blobs.Count), parallel, slot =>
        {
            using var worker = new TreeSitterWorker(run, slot);
            while (!cancellation.IsCancellationRequested && queue.TryDequeue(out var blob))
            {
                if (Judge(state, blob, out var outcome) is not { } read)
                {
                    outcomes.Add(outcome!);
                }
                else if (read.Languages[0].Parser == "tree-sitter")
                {
                    outcomes.Add(worker.Process(state, read.Found, read.File, read.Hash, read.Languages));
                }
                else
                {
                    compiled.Add(read);
                }
            }
        });
        cancellation.ThrowIfCancellationRequested();
        foreach (var language in compiled.GroupBy(static read => read.Languages[0].Id))
        {
            Compile(state, [.. language.OrderBy(static read => read.Found.Path, StringComparer.Ordinal)], outcomes.Add, cancellation);
        }

        return [.. outcomes.OrderBy(static outcome => outcome.Path, StringComparer.Ordinal)];
    }

    private static Read? Judge(RepositoryRun state, BlobFile blob, out FileOutcome? outcome)
    {
        var found = new FoundFile(blob.Path, blob.Path, blob.Bytes.Length, 0) { Attributes = blob.Attributes };
        var content = new FileContent { Bytes = blob.Bytes, Hash = Convert.ToHexStringLower(SHA256.HashData(blob.Bytes)) };
        return FileReading.Judge(state, found, content, out outcome) is { } read ? new Read(found, read.File, read.Hash, read.Languages)
            : null;
    }

    private unsafe void Compile(RepositoryRun state, List<Read> files, Action<FileOutcome> report, CancellationToken cancellation)
    {
        var language = files[0].Languages[0];
        var journal = state.Run.Journal;
        var options = new RoslynOptions
        {
            Threads = _options.Threads,
            Resolve = false,
            Entering = (thread, i) =>
            {
                journal.Enter(thread, state.Repository.Name, files[i].Found.Path, files[i].Hash);
                Native.xc_guard_enter_managed(journal.State(thread));
            },
            Leaving = thread =>
            {
                Native.xc_guard_enter_managed(null);
                journal.Leave(thread);
            },
        };
        RoslynProject.Extract([.. files.Select(static read => read.File)], language, options, result =>
        {
            var (found, file, hash, _) = files[result.Index];
            report(result.Extracted is { } extracted
                ? new FileOutcome(found.Path, null, FileRecordBuilder.Build(state.Repository.Name, file, hash,
                    state.Run.Keys.Of(language, "syntax"), null, extracted), null, file.Text.Length)
                : FileReading.Skip(found, SkipReason.Timeout, file.Text.Length, language.Id, result.Detail));
        }, cancellation);
    }

    private sealed record Read(FoundFile Found, SourceFile File, string Hash, IReadOnlyList<Language> Languages);
}

/// <summary>A file that is in no work tree.</summary>
/// <param name="Path">Path below the repository's root.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Attributes">What git's attributes say about it.</param>
internal sealed record BlobFile(string Path, byte[] Bytes, GitAttributes Attributes);
