namespace XCoder.Analysis.Repositories.Watch;

/// <summary>
/// Makes one wake-up of many signals: it comes when no signal came for a while, or, while signals do not end, some time after the
/// first. Signals may come from any thread.
/// </summary>
internal sealed class Debouncer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _quiet;
    private readonly TimeSpan _longest;
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _due = new(false);
    private readonly ITimer _timer;
    private long? _first;
    private bool _isDisposed;

    /// <param name="time">The clock.</param>
    /// <param name="quiet">How long no signal may come before the wake-up.</param>
    /// <param name="longest">The longest time from the first signal to the wake-up.</param>
    public Debouncer(TimeProvider time, TimeSpan quiet, TimeSpan longest)
    {
        (_time, _quiet, _longest) = (time, quiet, longest);
        _timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Says that something happened.</summary>
    public void Signal()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var now = _time.GetTimestamp();
            _first ??= now;
            var left = _longest - _time.GetElapsedTime(_first.Value, now);
            _timer.Change(left <= TimeSpan.Zero ? TimeSpan.Zero : left < _quiet ? left : _quiet, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Waits for the next wake-up.</summary>
    /// <returns>False if the wait was cancelled.</returns>
    public bool Wait(CancellationToken cancellation) =>
        WaitHandle.WaitAny([cancellation.WaitHandle, _due]) == 1 && !cancellation.IsCancellationRequested;

    /// <summary>Whether a wake-up came since the last call or <see cref="Wait"/>, without waiting for one.</summary>
    internal bool TryTake() => _due.WaitOne(TimeSpan.Zero);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
        }

        // The event is left to the finalizer: a timer that fires at this moment may still set it.
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (_first is not null && !_isDisposed)
            {
                _first = null;
                _due.Set();
            }
        }
    }
}
