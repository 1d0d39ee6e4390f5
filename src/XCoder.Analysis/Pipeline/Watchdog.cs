namespace XCoder.Analysis.Pipeline;

/// <summary>
/// Looks for a parser that is past every limit: the parse limit stops a parser that asks for it, this one those that
/// do not. The run starts again without that file (<see cref="CrashGuard"/>).
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Timer _timer;

    public Watchdog(InFlightJournal journal, TimeSpan parseLimit)
    {
        // Parsing, walking and matching each have the limit.
        var limit = (parseLimit * 2) + Grace;
        _timer = new Timer(_ =>
        {
            if (journal.MarkHung(limit))
            {
                CrashGuard.Restart();
            }
        }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Dispose() => _timer.Dispose();
}
