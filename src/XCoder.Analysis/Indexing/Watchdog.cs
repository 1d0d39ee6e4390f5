namespace XCoder.Analysis.Indexing;

/// <summary>
/// Looks for a parser that is past every limit: the parse limit stops a parser that asks for it, this one those that
/// do not. It also bounds memory: a few lines of code can make a compiler build constants or names of gigabytes. The run
/// starts again without that file (<see cref="CrashGuard"/>).
/// </summary>
internal sealed class Watchdog : IDisposable
{
    // Conventional code of a command ended by SIGINT.
    private const int InterruptedExitCode = 130;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan MinGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxGrace = TimeSpan.FromSeconds(5);

    // Looks at a file, of what its processor time may be: a machine can be that busy.
    private const int WallFactor = 10;

    // How long files go on after an interruption: then the process ends, and nothing is said of them.
    private static readonly TimeSpan InterruptedLimit = TimeSpan.FromSeconds(1.25);

    // A file's share of the memory limit from which it is to blame.
    private const int LeastShare = 4;

    private readonly InFlightJournal _journal;
    // Before: memory of the process, in bytes, at the last look before the visit.
    private readonly (long Visit, int Looks, long Before)[] _seen;
    private readonly TimeSpan _limit;
    private readonly long _memory;
    private readonly CancellationToken _cancellation;
    private int _looksInterrupted;
    private long _lastMemory;
    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _interrupt;

    /// <param name="journal">Which file each thread is in.</param>
    /// <param name="parseLimit">Processor time of one parse.</param>
    /// <param name="memory">Most memory of this process in bytes while files are read; null where other things fill it.</param>
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
    /// Processor time that a file may take: parsing, walking and matching together have twice the limit, and as much again, 1 to 5 s, as
    /// grace.
    /// </summary>
    internal static TimeSpan Limit(TimeSpan parseLimit)
    {
        var work = parseLimit * 2;
        return work + TimeSpan.FromTicks(Math.Clamp(work.Ticks, MinGrace.Ticks, MaxGrace.Ticks));
    }

    /// <summary>
    /// Memory in bytes that this process may hold while files are read: 2 GiB and 128 MiB a thread, about twice what indexing
    /// takes at its highest, or 7/8 of the machine's where that is less.
    /// </summary>
    /// <param name="available">Memory of the machine or of the control group, in bytes.</param>
    /// <param name="threads">Files read at a time.</param>
    internal static long MemoryLimit(long available, int threads) => Math.Min((2L << 30) + (threads * (128L << 20)), available / 8 * 7);

    public void Dispose()
    {
        // Waits for a look under way: it must not read a journal that is gone.
        using var ended = new ManualResetEvent(false);
        if (_timer.Dispose(ended))
        {
            ended.WaitOne();
        }

        _interrupt.Dispose();
    }

    // Processor time counts, and where a thread gets none looks, not seconds: a process that was stopped for a while has done no wrong.
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

    // The file whose reading has seen the most growth; others that are being read are tried again. Memory that was full before
    // is no file's fault, and garbage is none's.
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
