using System.CommandLine;

namespace XCoder.Cli.Commands;

/// <summary>The option <c>--watch</c> of commands that serve an index.</summary>
internal static class WatchOption
{
    /// <summary>A new option.</summary>
    public static Option<string[]> Create() => new("--watch")
    {
        Description = "Index these paths at the start and whenever a source file changes",
        HelpName = "PATH",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };
}
