namespace XCoder.Analysis.Indexing;

/// <summary>
/// Watches for parsers that exceed every limit. The parse limit only stops a parser that checks it; the watchdog stops
/// the others. It also limits memory, because a few lines of code can make a compiler build constants or names of
/// gigabytes. The run then starts again without that file (<see cref="CrashGuard"/>).
/// </summary>
internal sealed class Watchdog : IDisposable
{
    // The conventional exit code of a command ended by SIGINT.
    private const int InterruptedExitCode = 130;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan MinGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxGrace = TimeSpan.FromSeconds(5);

    // Also limits elapsed time to this multiple of the processor time, because a machine can be that busy.
    private const int WallFactor = 10;

    // How long files may continue after an interruption. Then the process ends without a verdict on them.
    private static readonly TimeSpan InterruptedLimit = TimeSpan.FromSeconds(1.25);

    // A file is to blame only for growth of more than this fraction of the memory limit: a quarter.
    private const int LeastShare = 4;

    private readonly InFlightJournal _journal;
    // Before: memory of the process, in bytes, at the last check before the visit.
    private readonly (long Visit, int Looks, long Before)[] _seen;
    private readonly TimeSpan _limit;
    private readonly long _memory;
    private readonly CancellationToken _cancellation;
    private int _looksInterrupted;
    private long _lastMemory;
    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _interrupt;

    /// <param name="journal">Records which file each thread is in.</param>
    /// <param name="parseLimit">Maximum processor time of one parse.</param>
    /// <param name="memory">
    /// Maximum memory of this process in bytes while files are read; null for no limit, where other data may fill it.
    /// </param>
    /// <param name="cancellation">Interrupts the run.</param>
    public Watchdog(InFlightJournal journal, TimeSpan parseLimit, long? memory, CancellationToken cancellation)
    {
        _journal = journal;
        _seen = new (long, int, long)[journal.Slots];
        (_limit, _cancellation) = (Limit(parseLimit), cancellation);
        _memory = memory ?? long.MaxValue;
        _interrupt = cancellation.Register(() => CrashGuard.Stop(InterruptedExitCode));
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>
    /// Processor time that a file may take. Parsing, walking and matching together may take twice the parse limit, plus
    /// the same again, but 1 to 5 s, as grace.
    /// </summary>
    internal static TimeSpan Limit(TimeSpan parseLimit)
    {
        var work = parseLimit * 2;
        return work + TimeSpan.FromTicks(Math.Clamp(work.Ticks, MinGrace.Ticks, MaxGrace.Ticks));
    }

    /// <summary>
    /// Memory in bytes that this process may use while files are read: 2 GiB plus 128 MiB per thread, about twice the
    /// peak of indexing, but at most 7/8 of the machine's.
    /// </summary>
    /// <param name="available">Memory of the machine or of the control group, in bytes.</param>
    /// <param name="threads">Number of files read at the same time.</param>
    internal static long MemoryLimit(long available, int threads) => Math.Min((2L << 30) + (threads * (128L << 20)), available / 8 * 7);

    public void Dispose()
    {
        // Waits for a check in progress, which must not read a disposed journal.
        using var ended = new ManualResetEvent(false);
        if (_timer.Dispose(ended))
        {
            ended.WaitOne();
        }

        _interrupt.Dispose();
    }

    // Processor time counts. For a thread that gets none, checks count rather than seconds, because a process that was
    // suspended has done nothing wrong.
    private void Look()
    {
        lock (_seen)
        {
            var (hung, isBusy) = (false, false);
            var memory = Environment.WorkingSet;
            _looksInterrupted += _cancellation.IsCancellationRequested ? 1 : 0;
            for (var slot = 0; slot < _seen.Length; slot++)
            {
                var visit = _journal.Visit(slot);
                _seen[slot] = visit != 0 && visit == _seen[slot].Visit ? _seen[slot] with { Looks = _seen[slot].Looks + 1 }
                    : (visit, 0, _lastMemory);
                isBusy |= visit != 0;
                hung |= visit != 0 && IsOver(slot, visit) && _journal.MarkHung(slot);
            }

            _lastMemory = memory;
            hung |= isBusy && memory > _memory && MarkLargest();
            if (hung || (isBusy && _looksInterrupted * Interval > InterruptedLimit))
            {
                CrashGuard.Restart();
            }
        }
    }

    // Blames the file during whose visit memory grew most; other files in progress are tried again. Memory in use
    // before the visit does not count, and garbage is collected first.
    private bool MarkLargest()
    {
        GC.Collect();
        var memory = Environment.WorkingSet;
        var slot = Array.IndexOf(_seen, _seen.Where(seen => seen.Visit != 0).MinBy(seen => (seen.Before, -seen.Looks)));
        return memory > _memory && memory - _seen[slot].Before > _memory / LeastShare && _journal.MarkTooLarge(slot);
    }

    private bool IsOver(int slot, long visit)
    {
        if (_seen[slot].Looks == 0 || _journal.Clock(slot, visit) is not var (clock, own))
        {
            return false;
        }

        var limit = own ?? _limit;
        var looked = _seen[slot].Looks * Interval;
        return clock.Elapsed > limit || looked > limit * WallFactor;
    }
}
