namespace XCoder.Cli.Commands;

/// <summary>What the process's exit code says. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>Done; also when nothing changed or nothing was found.</summary>
    public const int Done = 0;

    /// <summary>A gate failed (<c>--fail-on</c>).</summary>
    public const int GateFailed = 1;

    /// <summary>Wrong usage, missing path, unreadable workspace.</summary>
    public const int Usage = 2;

    /// <summary>Done, but something that should have been processed was lost; each is named.</summary>
    public const int Lost = 3;

    /// <summary>No source file was found.</summary>
    public const int NothingFound = 4;

    /// <summary>Interrupted; finished work is kept.</summary>
    public const int Interrupted = 130;
}
