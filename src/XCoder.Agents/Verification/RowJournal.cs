using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Agents.Verification;

/// <summary>
/// Records in a file of the workspace which row or answer each thread is reading. The file outlives the process, so the next run skips a
/// row whose parser ended the process or could not be stopped. Safe for concurrent use.
/// </summary>
public sealed unsafe class RowJournal : IDisposable
{
    /// <summary>The text that such a row's evidence shows.</summary>
    public const string Reason = "A parser that read it ended this program, or could not be stopped.";

    private const string Stage = "row";

    // Processor time of the thread itself: parsers, patterns and bookkeeping. Work in the sandbox or in the compiler does not count.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly InFlightJournal _journal;
    private readonly Watchdog _watchdog;
    private readonly HashSet<string> _left;
    private readonly Stack<int> _slots;

    /// <summary>Opens the verification's journal of a workspace that this process has locked.</summary>
    /// <param name="folder">The workspace's folder.</param>
    /// <param name="threads">Number of rows at a time; further threads wait.</param>
    /// <param name="cancellation">When cancelled, threads have about a second before the process is ended (see
    /// <see cref="CrashGuard"/>).</param>
    public static RowJournal OfVerification(string folder, int threads, CancellationToken cancellation) =>
        new(folder, "verifying", keeps: false, threads, cancellation);

    /// <summary>
    /// Opens the journal of answers that are parsed while they are written. Its entries are kept, because a verdict on an answer is not
    /// stored before its row is.
    /// </summary>
    /// <param name="folder">The workspace's folder.</param>
    /// <param name="cancellation">When cancelled, threads have about a second before the process is ended (see
    /// <see cref="CrashGuard"/>).</param>
    public static RowJournal OfAnswers(string folder, CancellationToken cancellation) =>
        new(folder, "checking", keeps: true, Environment.ProcessorCount, cancellation);

    private RowJournal(string folder, string name, bool keeps, int threads, CancellationToken cancellation)
    {
        _journal = InFlightJournal.Open(folder, threads, out var left, name, keeps);
        _left = [.. left.Select(row => row.Path)];
        _slots = new(Enumerable.Range(0, threads));
        _watchdog = new Watchdog(_journal, Limit, null, cancellation);
    }

    /// <summary>Whether an earlier run ended while it read the row.</summary>
    /// <param name="row">Id of the row.</param>
    public bool HasEndedARun(string row) => _left.Contains(row);

    /// <summary>Does work on a row while the journal names the row.</summary>
    /// <param name="row">Id of the row.</param>
    /// <param name="work">The work, done on the calling thread.</param>
    public T Try<T>(string row, Func<T> work)
    {
        int slot;
        lock (_slots)
        {
            while (!_slots.TryPop(out slot))
            {
                Monitor.Wait(_slots);
            }
        }

        _journal.Enter(slot, Stage, row, "", Limit);
        Native.xc_guard_enter_managed(_journal.State(slot));
        try
        {
            return work();
        }
        finally
        {
            Native.xc_guard_enter_managed(null);
            _journal.Leave(slot);
            lock (_slots)
            {
                _slots.Push(slot);
                Monitor.Pulse(_slots);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watchdog.Dispose();
        _journal.Dispose();
    }
}
