using XCoder.Analysis;
using XCoder.Analysis.Indexing;

namespace XCoder.Server.Index;

/// <summary>Keeps the index up to date on a thread of its own while a server reads it.</summary>
internal static class IndexFollower
{
    /// <summary>Indexes paths, and again whenever a source file changes, until it is cancelled.</summary>
    /// <param name="workspace">The workspace, which is written.</param>
    /// <param name="paths">The paths; none starts nothing.</param>
    /// <param name="log">Receives messages for people.</param>
    /// <param name="cancellation">Ends following.</param>
    /// <returns>The thread, to be joined after cancelling; null if there are no paths.</returns>
    /// <exception cref="XCoder.Analysis.Repositories.Walk.PathNotFoundException">A path does not exist.</exception>
    public static Thread? Start(Workspace workspace, IReadOnlyList<string> paths, Action<string> log, CancellationToken cancellation)
    {
        if (paths.Count == 0)
        {
            return null;
        }

        CrashGuard.Install();
        var cycles = workspace.Watch(paths, null, cancellation);
        var thread = new Thread(() =>
        {
            try
            {
                foreach (var cycle in cycles)
                {
                    log(cycle.Error ?? FormattableString.Invariant($"indexed in {cycle.Elapsed.TotalSeconds:0.0} s"));
                }
            }
            catch (Exception exception)
            {
                log($"watching ended: {exception.Message}");
            }
        }) { IsBackground = true, Name = "watch" };
        thread.Start();
        return thread;
    }
}
