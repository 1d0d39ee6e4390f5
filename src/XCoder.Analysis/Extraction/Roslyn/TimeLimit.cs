using XCoder.Analysis.Extraction.Source;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>A token that is cancelled with another, or when the thread that made it has taken too long over one file.</summary>
internal sealed class TimeLimit : IDisposable
{
    // Of the limit on processor time: for a thread that waits or gets no processor.
    private const int WallFactor = 10;
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(50);

    private readonly ThreadClock _clock = new(ThreadClock.Thread);
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _linked;
    private readonly Timer _timer;

    public TimeLimit(RoslynOptions options, CancellationToken cancellation)
    {
        _limit = options.FileTimeout;
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _timer = new Timer(_ => Look(), null, _limit, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _linked.Token;

    public void Dispose()
    {
        // A look may be under way.
        lock (_timer)
        {
            _timer.Dispose();
            _linked.Dispose();
        }
    }

    private void Look()
    {
        var left = _limit - _clock.Elapsed;
        lock (_timer)
        {
            if (left > TimeSpan.Zero && _clock.Passed < _limit * WallFactor)
            {
                // After Dispose this does nothing.
                _timer.Change(left > LeastWait ? left : LeastWait, Timeout.InfiniteTimeSpan);
                return;
            }

            try
            {
                _linked.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The file was done at the last moment.
            }
        }
    }
}
