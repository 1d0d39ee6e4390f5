using System.Collections.Concurrent;
using XCoder.Analysis.Repositories.Walk;

namespace XCoder.Analysis.Indexing;

/// <summary>Threads that read and extract files of one repository after another.</summary>
internal sealed class WorkerPool : IDisposable
{
    private const int Capacity = 1024;

    private readonly BlockingCollection<(Job Job, FoundFile? File)> _queue = new(Capacity);
    private readonly Thread[] _threads;
    private Job? _job;

    public WorkerPool(IndexRun run)
    {
        _threads = [.. Enumerable.Range(0, run.Options.Threads).Select(slot => new Thread(() => Work(run, slot)) { IsBackground = true, Name = $"extract {slot}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Begins a repository.</summary>
    public void Begin(RepositoryRun repository, Action<FileOutcome> report, CancellationToken cancellation) =>
        _job = new Job(repository, report, cancellation);

    public void Add(FoundFile file)
    {
        _job!.Open.AddCount();
        _queue.Add((_job, file));
        _job.ThrowIfFailed();
    }

    /// <summary>Waits until all files added since <see cref="Begin"/> are done.</summary>
    public void End()
    {
        var job = _job!;
        job.Open.Signal();
        job.Open.Wait();
        job.Open.Dispose();
        job.ThrowIfFailed();
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
                    job.Report(read is { } source ? worker.Process(job.Repository, file!, source.File, source.Hash, source.Language) : outcome!);
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

        // One for the walk itself, so that it cannot reach zero before the end.
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
