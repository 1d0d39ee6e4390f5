using System.CommandLine;
using XCoder.Server.Mcp;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>The command <c>mcp</c> serves the workspace to coding agents.</summary>
internal static class McpCommand
{
    private static readonly Option<string[]> Watch = WatchOption.Create();

    public static CliCommand Create()
    {
        var command = new CliCommand("mcp",
            "Serve the workspace to coding agents: Model Context Protocol on standard input and output, until the input ends", Run,
            "xcoder mcp",
            "xcoder mcp --workspace ~/src/service/.xcoder",
            "xcoder mcp --watch .")
        {
            Formats = ["text"],
            TakesRepository = false,
        };
        command.Add(Watch);
        MarginOption.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        McpEndpoint.RunAsync(context.Workspace, new McpOptions { Watch = context.Get(Watch) ?? [], Log = context.Say },
            context.Cancellation).GetAwaiter().GetResult();
        return ExitCode.Done;
    }
}
