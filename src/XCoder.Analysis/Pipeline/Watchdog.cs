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

    private readonly InFlightJournal _journal;
    private readonly (long Visit, int Looks)[] _seen;
    private readonly int _limit;
    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _interrupt;

    public Watchdog(InFlightJournal journal, TimeSpan parseLimit, CancellationToken cancellation)
    {
        _journal = journal;
        _seen = new (long, int)[journal.Slots];
        _limit = (int)Math.Ceiling(Limit(parseLimit) / Interval);
        _interrupt = cancellation.Register(() => CrashGuard.Stop(InterruptedExitCode));
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>How long a file may take: parsing, walking and matching together have twice the limit, and as much again, 1 to 5 s, as grace.</summary>
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

    // Looks are counted, not seconds: a process that was stopped for a while has done no wrong.
    private void Look()
    {
        lock (_seen)
        {
            var hung = false;
            for (var slot = 0; slot < _seen.Length; slot++)
            {
                var visit = _journal.Visit(slot);
                _seen[slot] = visit != 0 && visit == _seen[slot].Visit ? (visit, _seen[slot].Looks + 1) : (visit, 0);
                hung |= _seen[slot].Looks > _limit && _journal.MarkHung(slot);
            }

            if (hung)
            {
                CrashGuard.Restart();
            }
        }
    }
}
