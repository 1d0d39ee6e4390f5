using System.CommandLine;
using System.Net;
using XCoder.Server.Pages;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>The command <c>serve</c> shows the workspace in a browser.</summary>
internal static class ServeCommand
{
    // A token is short; what is longer is another file.
    private const int MostTokenBytes = 4096;

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port to listen on; 0 takes a free one",
        HelpName = "N",
        DefaultValueFactory = _ => new ExplorerOptions().Port,
    };

    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "IP address to listen on; one that other machines reach needs --token-file",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => new ExplorerOptions().Address.ToString(),
    };

    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description = $"File with the token that every request must show, at least {ExplorerOptions.LeastToken} characters",
        HelpName = "FILE",
    };

    public static CliCommand Create()
    {
        var command = new CliCommand("serve",
            "Show the workspace in a browser on this machine: search, snippets, duplicates; read-only, until it is interrupted", Run,
            "xcoder serve",
            "xcoder serve --workspace ~/src/service/.xcoder --port 8080",
            "xcoder serve --listen 0.0.0.0 --token-file ~/.config/xcoder/token")
        {
            Formats = ["text"],
            TakesRepository = false,
        };
        command.Add(Port);
        command.Add(Listen);
        command.Add(TokenFile);
        MarginOption.AddTo(command);
        return command;
    }

    // The web server is loaded by what this calls, and so by no other command.
    private static int Run(CommandContext context)
    {
        var options = new ExplorerOptions
        {
            Port = context.Get(Port),
            Address = IPAddress.TryParse(context.Get(Listen), out var address) ? address
                : throw new UsageException($"--listen takes an IP address such as 127.0.0.1 or ::1, not '{context.Get(Listen)}'."),
            Token = context.Get(TokenFile) is { } file ? Token(file) : null,
            HostNames = [Environment.MachineName],
            Started = url => context.WriteText(writer => writer.WriteLine(url)),
            Log = context.Say,
        };

        // Pages on nothing help nobody: this says what to do, as every reading command does.
        context.Workspace.OpenStore().Dispose();
        Explorer.RunAsync(context.Workspace, options, context.Cancellation).GetAwaiter().GetResult();
        return ExitCode.Done;
    }

    private static string Token(string file)
    {
        using var stream = File.OpenRead(file);
        var text = new byte[MostTokenBytes];
        return System.Text.Encoding.ASCII.GetString(text, 0, stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)).Trim();
    }
}
