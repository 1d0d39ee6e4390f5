using System.Collections.Concurrent;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>Collects outcomes from all threads and writes files in batches on one thread of its own. Bounded by bytes: a slow disk slows extraction.</summary>
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

    /// <summary>Waits until everything added is written.</summary>
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
                // After a failure the rest is dropped, so that nobody waits for ever.
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
