using System.Collections.Concurrent;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>Threads that read and extract the files of one repository after another.</summary>
internal sealed class WorkerPool : IDisposable
{
    private const int Capacity = 1024;

    private readonly BlockingCollection<(Job Job, FoundFile? File)> _queue = new(Capacity);
    private readonly Thread[] _threads;
    private Job? _job;

    public WorkerPool(IndexRun run)
    {
        _threads = [.. Enumerable.Range(0, run.Options.Threads)
            .Select(slot => new Thread(() => Work(run, slot)) { IsBackground = true, Name = $"extract {slot}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Starts a repository. Files added next belong to it.</summary>
    public void Begin(RepositoryRun repository, Action<FileOutcome> report, CancellationToken cancellation) =>
        _job = new Job(repository, report, cancellation);

    public void Add(FoundFile file)
    {
        _job!.Open.AddCount();
        _queue.Add((_job, file));
        _job.ThrowIfFailed();
    }

    /// <summary>Waits until all files added since <see cref="Begin"/> are done. Rethrows a failure.</summary>
    /// <returns>The files that hold code for a compiler, which only their content says.</returns>
    public IReadOnlyCollection<FoundFile> End()
    {
        var job = _job!;
        job.Open.Signal();
        job.Open.Wait();
        job.Open.Dispose();
        job.ThrowIfFailed();
        return job.Compiled;
    }

    public void Dispose()
    {
        _queue.CompleteAdding();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _queue.Dispose();
    }

    private void Work(IndexRun run, int slot)
    {
        using var worker = new TreeSitterWorker(run, slot);
        foreach (var (job, file) in _queue.GetConsumingEnumerable())
        {
            try
            {
                if (!job.Cancellation.IsCancellationRequested && job.Failure is null)
                {
                    var read = FileReading.Read(job.Repository, file!, out var outcome);
                    if (read is { Languages: [{ Parser: not "tree-sitter" }, ..] })
                    {
                        job.Compiled.Add(file!);
                    }
                    else
                    {
                        job.Report(read is { } source
                            ? worker.Process(job.Repository, file!, source.File, source.Hash, source.Languages) : outcome!);
                    }
                }
            }
            catch (Exception exception)
            {
                job.Failure ??= exception;
            }
            finally
            {
                job.Open.Signal();
            }
        }
    }

    private sealed class Job(RepositoryRun repository, Action<FileOutcome> report, CancellationToken cancellation)
    {
        public RepositoryRun Repository => repository;

        public Action<FileOutcome> Report => report;

        public CancellationToken Cancellation => cancellation;

        public ConcurrentBag<FoundFile> Compiled { get; } = [];

        // The walk itself holds one count, so that the event cannot reach zero before the end.
        public CountdownEvent Open { get; } = new(1);

        public Exception? Failure { get; set; }

        public void ThrowIfFailed()
        {
            if (Failure is { } failure)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }
        }
    }
}

/// <summary>
/// Extracts files of languages that tree-sitter parses. It owns native parsers, so each thread needs its own worker.
/// </summary>
internal sealed class TreeSitterWorker(IndexRun run, int slot) : IDisposable
{
    private readonly TreeSitterExtractor _extractor = new(run.Catalog, run.Options.Extraction);

    public void Dispose() => _extractor.Dispose();

    /// <summary>Extracts one file and returns what became of it.</summary>
    public unsafe FileOutcome Process(RepositoryRun repository, FoundFile found, SourceFile file, string hash,
        IReadOnlyList<Language> languages)
    {
        // Outside the limits, because the first file of a language waits for its grammar and query.
        run.Catalog.Compile(languages[0]);
        run.Journal.Enter(slot, repository.Repository.Name, found.Path, hash);
        Native.xc_guard_enter(run.Journal.State(slot));
        try
        {
            if ((run.Options.Extract is { } extract ? extract(file) : _extractor.Extract(file, languages)) is not { } extracted)
            {
                return FileReading.Skip(found, SkipReason.Timeout, file.Text.Length, languages[0].Id,
                    $"parsing took longer than {run.Options.Extraction.ParseLimit.TotalSeconds:0.#} s of processor time");
            }

            var record = FileRecordBuilder.Build(repository.Repository.Name, file, hash, run.Keys.Of(languages),
                repository.LicenceOf(file), extracted);
            return new FileOutcome(found.Path, null, record, null, file.Text.Length);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException
            or NullReferenceException or OverflowException or KeyNotFoundException)
        {
            // A fault of ours in one file must not cost the others.
            return FileReading.Skip(found, SkipReason.Quarantined, file.Text.Length, languages[0].Id,
                $"reading it failed, a fault of this program ({exception.GetType().Name}: {exception.Message})");
        }
        finally
        {
            Native.xc_guard_enter(null);
            run.Journal.Leave(slot);
        }
    }
}

/// <summary>
/// Collects records from all threads and writes them in batches on a thread of its own. The bytes in the queue are
/// limited, so a slow disk slows extraction.
/// </summary>
internal sealed class StoreQueue : IDisposable
{
    // A file's record takes about five times the bytes of its text.
    private const long PendingBytes = 16 << 20;
    private const long BatchBytes = 8 << 20;

    private readonly SnippetStore _store;
    private readonly int _batchFiles;
    private readonly BlockingCollection<(long Repository, FileRecord File)> _queue = [];
    private readonly ManualResetEventSlim _drained = new(true);
    private readonly Thread _thread;
    private readonly object _gate = new();
    private int _pending;
    private long _pendingBytes;
    private Exception? _failure;

    public StoreQueue(SnippetStore store, int batchFiles)
    {
        (_store, _batchFiles) = (store, batchFiles);
        _thread = new Thread(Work) { IsBackground = true, Name = "store" };
        _thread.Start();
    }

    public void Add(long repository, FileRecord file)
    {
        ThrowIfFailed();
        lock (_gate)
        {
            while (_pendingBytes > 0 && _pendingBytes + file.Bytes > PendingBytes)
            {
                Monitor.Wait(_gate);
            }

            _pendingBytes += file.Bytes;
            _pending++;
            _drained.Reset();
        }

        _queue.Add((repository, file));
    }

    /// <summary>Waits until everything added is written. Rethrows a failure.</summary>
    public void Flush()
    {
        _drained.Wait();
        ThrowIfFailed();
    }

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _drained.Dispose();
    }

    private void Work()
    {
        var batch = new List<(long, FileRecord)>(_batchFiles);
        while (_queue.TryTake(out var item, Timeout.Infinite))
        {
            long bytes = 0;
            batch.Clear();
            do
            {
                batch.Add(item);
                bytes += item.File.Bytes;
            }
            while (batch.Count < _batchFiles && bytes < BatchBytes && _queue.TryTake(out item, 20));

            try
            {
                // After a failure the rest is dropped, so that nobody waits forever.
                if (_failure is null)
                {
                    _store.PutFiles(batch);
                }
            }
            catch (Exception exception)
            {
                _failure = exception;
            }

            lock (_gate)
            {
                _pending -= batch.Count;
                _pendingBytes -= bytes;
                Monitor.PulseAll(_gate);
                if (_pending == 0)
                {
                    _drained.Set();
                }
            }
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        }
    }
}
