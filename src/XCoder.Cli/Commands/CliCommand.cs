using System.CommandLine;
using XCoder.Analysis;
using XCoder.Analysis.Reports;

namespace XCoder.Cli.Commands;

/// <summary>A command with its action, its output formats and the examples at the end of its help.</summary>
internal sealed class CliCommand : Command
{
    public CliCommand(string name, string description, Func<CommandContext, int> run, params string[] examples)
        : base(name, description)
    {
        (Run, Examples) = (run, examples);
        SetAction(_ => ExitCode.Done); // Program calls Run itself, with a context
    }

    /// <summary>The formats of most commands. Each has JSON of its own; reports of an analysis have other forms, too.</summary>
    public static IReadOnlyList<string> CommonFormats { get; } = ["text", "json", "jsonl"];

    /// <summary>The formats of a command that also writes a report of an analysis, in the forms that are asked for.</summary>
    public static IReadOnlyList<string> WithReports(Func<ReportFormat, bool>? which = null) =>
        [.. CommonFormats.Union(ReportFormat.All.Where(which ?? (static _ => true)).Select(static format => format.Name))];

    public Func<CommandContext, int> Run { get; }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Values of <c>--format</c>; the first is the default.</summary>
    public IReadOnlyList<string> Formats { get; init; } = CommonFormats;

    /// <summary>Whether <c>--repository</c> has an effect.</summary>
    public bool TakesRepository { get; init; } = true;
}

/// <summary>Exit codes of the process. Scripts rely on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>Done, even if nothing changed or nothing was found.</summary>
    public const int Done = 0;

    /// <summary>A gate failed (<c>--fail-on</c>), or a budget was spent.</summary>
    public const int GateFailed = 1;

    /// <summary>Wrong usage, missing path, unreadable workspace.</summary>
    public const int Usage = 2;

    /// <summary>Done, but something that should have been processed was lost; a message names each loss.</summary>
    public const int Lost = 3;

    /// <summary>No source file was found.</summary>
    public const int NothingFound = 4;

    /// <summary>Interrupted; finished work is kept.</summary>
    public const int Interrupted = 130;
}

/// <summary>The command line requests something impossible; exit code 2.</summary>
internal sealed class UsageException(string message) : RequestException(message);
