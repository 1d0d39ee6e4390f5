using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
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

    private static readonly Option<string[]> Watch = WatchOption.Create();

    private static readonly Option<string[]> Write = new("--write")
    {
        Description = "Let pages ignore groups in the repositories around these paths; every request must then show a token",
        HelpName = "PATH",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public static CliCommand Create()
    {
        var command = new CliCommand("serve",
            "Show the workspace in a browser on this machine: search, snippets, duplicates; serve coding agents at /mcp; until it is "
                + "interrupted", Run,
            "xcoder serve",
            "xcoder serve --watch . --write .",
            "xcoder serve --workspace ~/src/service/.xcoder --port 8080",
            "xcoder serve --listen 0.0.0.0 --token-file ~/.config/xcoder/token")
        {
            Formats = ["text"],
            TakesRepository = false,
        };
        command.Add(Port);
        command.Add(Listen);
        command.Add(TokenFile);
        command.Add(Watch);
        command.Add(Write);
        MarginOption.AddTo(command);
        return command;
    }

    // The web server is loaded by what this calls, and so by no other command.
    private static int Run(CommandContext context)
    {
        // Without a token of the user's, one that the address shows once, as the browser needs it.
        var written = (context.Get(Write) ?? []).Select(static path => Path.Exists(path) ? Path.GetFullPath(path)
            : throw new UsageException($"--write: there is no {path}.")).ToList();
        var token = context.Get(TokenFile) is { } file ? Token(file) : null;
        var made = token is null && written.Count > 0 ? RandomNumberGenerator.GetHexString(32, lowercase: true) : null;
        var options = new ExplorerOptions
        {
            Port = context.Get(Port),
            Address = IPAddress.TryParse(context.Get(Listen), out var address) ? address
                : throw new UsageException($"--listen takes an IP address such as 127.0.0.1 or ::1, not '{context.Get(Listen)}'."),
            Token = token ?? made,
            Write = written,
            HostNames = [Environment.MachineName],
            Watch = context.Get(Watch) ?? [],
            Started = url => context.WriteText(writer => writer.WriteLine(made is null ? url : $"{url}?token={made}")),
            Log = context.Say,
        };

        // Pages on nothing help nobody: this says what to do, as every reading command does.
        if (options.Watch.Count == 0)
        {
            context.Workspace.OpenStore().Dispose();
        }

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
