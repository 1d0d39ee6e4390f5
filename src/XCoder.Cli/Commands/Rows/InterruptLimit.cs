using XCoder.Analysis.Indexing;

namespace XCoder.Cli.Commands.Rows;

/// <summary>
/// Ends the process a moment after an interruption where the command has not by then: parsers and patterns do not ask whether
/// they should go on. What is stored is stored whole, and what runs in the sandbox ends with this process.
/// </summary>
internal sealed class InterruptLimit : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.2);

    private readonly Timer _timer;
    private readonly CancellationTokenRegistration _registration;

    public InterruptLimit(CommandContext context)
    {
        _timer = new Timer(_ => End(context), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registration = context.Cancellation.Register(() => _timer.Change(Limit, Timeout.InfiniteTimeSpan));
    }

    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
    }

    private static void End(CommandContext context)
    {
        context.Messages.WriteLine("xcoder: interrupted; finished work is kept.");
        CrashGuard.Stop(ExitCode.Interrupted);
        CrashGuard.Restart();
        Environment.Exit(ExitCode.Interrupted);
    }
}
