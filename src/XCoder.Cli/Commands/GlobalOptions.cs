using System.CommandLine;
using XCoder.Cli.Commands.Analysis;

namespace XCoder.Cli.Commands;

/// <summary>The options of every command.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string> Workspace = new("--workspace")
    {
        Description = "Folder for the database, caches and reports",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".xcoder",
        Recursive = true,
    };

    public static readonly Option<bool> TrustWorkspace =
        new("--trust-workspace") { Description = "Use a workspace that belongs to another user", Recursive = true };

    public static readonly Option<string> Format =
        Choice("--format", "Format of the results on standard output", [.. CliCommand.WithReports(), .. CheckCommand.OwnFormats]);

    public static readonly Option<string?> Output =
        new("--output") { Description = "Write the results to a file instead of standard output", HelpName = "FILE", Recursive = true };

    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Show errors only, no progress or other messages",
        Recursive = true };

    public static readonly Option<bool> Verbose = new("--verbose") { Description = "Show more messages, and traces of unexpected errors",
        Recursive = true };

    public static readonly Option<int> Threads = new("--threads")
    {
        Description = "Number of threads",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        Recursive = true,
    };

    public static readonly Option<double> Wait = new("--wait")
    {
        Description = "How long to wait for another process that writes to the workspace",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
        Recursive = true,
    };

    public static readonly Option<string?> Repository = new("--repository") { Description = "Only this repository of the workspace",
        HelpName = "NAME", Recursive = true };

    public static readonly Option<string?> Config =
        new("--config") { Description = "Read settings from this file, too; it may set any option", HelpName = "FILE", Recursive = true };

    public static IEnumerable<Option> All => [Workspace, TrustWorkspace, Format, Output, Quiet, Verbose, Threads, Wait, Repository, Config];

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "text|json|jsonl",
            DefaultValueFactory = _ => values[0], Recursive = true };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
