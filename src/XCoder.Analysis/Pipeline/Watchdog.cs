namespace XCoder.Analysis.Pipeline;

/// <summary>
/// Looks for a parser that is past every limit: the parse limit stops a parser that asks for it, this one those that
/// do not. The run starts again without that file (<see cref="CrashGuard"/>).
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

    private readonly InFlightJournal _journal;
    private readonly (long Visit, int Looks)[] _seen;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _cancellation;
    private int _looksInterrupted;
    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _interrupt;

    public Watchdog(InFlightJournal journal, TimeSpan parseLimit, CancellationToken cancellation)
    {
        _journal = journal;
        _seen = new (long, int)[journal.Slots];
        (_limit, _cancellation) = (Limit(parseLimit), cancellation);
        _interrupt = cancellation.Register(() => CrashGuard.Stop(InterruptedExitCode));
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Processor time that a file may take: parsing, walking and matching together have twice the limit, and as much again, 1 to 5 s, as grace.</summary>
    internal static TimeSpan Limit(TimeSpan parseLimit)
    {
        var work = parseLimit * 2;
        return work + TimeSpan.FromTicks(Math.Clamp(work.Ticks, MinGrace.Ticks, MaxGrace.Ticks));
    }

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
            _looksInterrupted += _cancellation.IsCancellationRequested ? 1 : 0;
            for (var slot = 0; slot < _seen.Length; slot++)
            {
                var visit = _journal.Visit(slot);
                _seen[slot] = visit != 0 && visit == _seen[slot].Visit ? (visit, _seen[slot].Looks + 1) : (visit, 0);
                isBusy |= visit != 0;
                hung |= visit != 0 && IsOver(slot, visit) && _journal.MarkHung(slot);
            }

            if (hung || (isBusy && _looksInterrupted * Interval > InterruptedLimit))
            {
                CrashGuard.Restart();
            }
        }
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
