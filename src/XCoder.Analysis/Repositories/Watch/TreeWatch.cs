using XCoder.Analysis.Repositories.Walk;

namespace XCoder.Analysis.Repositories.Watch;

/// <summary>How to watch.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Quiet">How long nothing may change before a look at what changed.</param>
/// <param name="Longest">The longest time from a change to that look, if changes do not end.</param>
/// <param name="Interval">Time between two looks where the system gives no events, and between two looks whether the paths exist.</param>
/// <param name="Polls">Whether to use no events from the start.</param>
internal sealed record TreeWatchOptions(TimeProvider Time, TimeSpan Quiet, TimeSpan Longest, TimeSpan Interval, bool Polls);

/// <summary>
/// Waits for changes of what indexing finds below some paths. The system's events say when to look; a comparison of states says whether
/// anything changed. Where events are not to be had, it looks from time to time.
/// </summary>
internal sealed class TreeWatch : IDisposable
{
    // A look may use a twentieth of one processor.
    private const int LeastShare = 20;

    // How long git may hold the lock of its index before it counts as left behind by a crash.
    private static readonly TimeSpan LongestGit = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<string> _paths;
    private readonly WalkOptions _walk;
    private readonly TreeWatchOptions _options;
    private readonly Action<string> _message;
    private readonly Debouncer _debouncer;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Func<IReadOnlyList<string>, Action<string>, Action<string>, IDisposable> _events;
    private IDisposable? _source;
    private List<(ulong, long)?> _identities;
    private volatile WatchedTrees? _trees;
    private TreeState? _last;
    private string? _accepted;
    private TimeSpan _interval;
    private bool _polls;
    private bool _isDisposed;

    /// <summary>Begins to watch.</summary>
    /// <param name="paths">Files or folders. They may vanish and return.</param>
    /// <param name="walk">The walk of indexing.</param>
    /// <param name="options">Times.</param>
    /// <param name="message">Receives what a user should know; may be called from other threads.</param>
    /// <param name="events">Makes the source of events, for tests; null for the system's.</param>
    public TreeWatch(IReadOnlyList<string> paths, WalkOptions walk, TreeWatchOptions options, Action<string> message,
        Func<IReadOnlyList<string>, Action<string>, Action<string>, IDisposable>? events = null)
    {
        (_paths, _walk, _options, _message) = (paths, walk, options, message);
        (_interval, _polls) = (options.Interval, options.Polls);
        _events = events ?? (static (paths, changed, failed) => new FolderEvents(paths, changed, failed));
        _debouncer = new Debouncer(options.Time, options.Quiet, options.Longest);
        _identities = Identities();
        Arm();
        _timer = options.Time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it looks from time to time, without events.</summary>
    public bool Polls
    {
        get
        {
            lock (_gate)
            {
                return _polls;
            }
        }
    }

    /// <summary>Waits for a state that differs from the accepted one. The first call returns the present state at once.</summary>
    /// <returns>The state; null if the wait was cancelled.</returns>
    public TreeState? Next(CancellationToken cancellation)
    {
        long? busySince = null;
        while (_last is null || _debouncer.Wait(cancellation))
        {
            if (_last?.IsGitBusy() == true
                && _options.Time.GetElapsedTime(busySince ??= _options.Time.GetTimestamp()) < LongestGit)
            {
                _debouncer.Signal();
                continue;
            }

            busySince = null;
            try
            {
                var begin = _options.Time.GetTimestamp();
                var isFirst = _last is null;
                _last = TreeState.Read(_paths, _walk, cancellation);
                _trees = new WatchedTrees(_last, _walk);
                var least = _options.Time.GetElapsedTime(begin) * LeastShare;
                _interval = least > _options.Interval ? least : _options.Interval;
                if (isFirst || _last.Fingerprint != _accepted)
                {
                    return _last;
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Says that a state was dealt with: the next one must differ from it.</summary>
    public void Accept(TreeState state) => _accepted = state.Fingerprint;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
            _source?.Dispose();
        }

        _debouncer.Dispose();
    }

    // Looks whether the paths still are what they were, because a folder that was deleted gives no more events, or whether anything
    // changed if there are no events at all. A state that was not accepted is tried again.
    private void Look()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var now = Identities();
            if (!now.SequenceEqual(_identities))
            {
                _identities = now;
                _debouncer.Signal();
                Arm();
            }

            // A folder that was moved away and back is what it was, but was not there at the last look at the state.
            if (_polls || (_last is { } last && (last.Fingerprint != _accepted || last.Missing.Any(Path.Exists))))
            {
                _debouncer.Signal();
            }

            _timer.Change(_interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Arm()
    {
        _source?.Dispose();
        _source = _polls ? null : _events(_paths, OnChange, OnFailure);
        if (_polls)
        {
            // It failed at once.
            _source?.Dispose();
            _source = null;
        }
    }

    private void OnChange(string path)
    {
        if (path.Length == 0 || _trees?.MayMatter(path) != false)
        {
            _debouncer.Signal();
        }
    }

    private void OnFailure(string reason)
    {
        lock (_gate)
        {
            if (_polls || _isDisposed)
            {
                return;
            }

            _polls = true;
            _source?.Dispose();
            _source = null;
        }

        _message(FormattableString.Invariant($"The system gives no events about changes ({reason.Trim().TrimEnd('.')}): looking ")
            + FormattableString.Invariant($"every {_options.Interval.TotalSeconds:0.#} s instead. On Linux, a higher ")
            + "fs.inotify.max_user_watches or max_user_instances (sysctl) gives events again.");
        _debouncer.Signal();
    }

    // Of a folder, or of the folder in which a file is: editors replace files.
    private List<(ulong, long)?> Identities() => [.. _paths.Select(static path =>
        NativeFiles.IdentityOf(Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/") is { } found
            ? Path.Exists(path) ? found : ((ulong, long)?)null : null)];
}
