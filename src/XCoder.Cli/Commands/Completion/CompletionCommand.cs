using System.CommandLine;
using System.Reflection;
using System.Text;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Completion;

/// <summary>The command <c>completion</c> prints the script with which a shell completes this tool's command lines.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = CreateShell();

    public static CliCommand Create()
    {
        var command = new CliCommand("completion", "Print the script with which a shell completes commands, options and values", Run,
            "xcoder completion bash > ~/.local/share/bash-completion/completions/xcoder",
            "xcoder completion zsh > ~/.zfunc/_xcoder",
            "xcoder completion fish > ~/.config/fish/completions/xcoder.fish")
        {
            Formats = ["text"],
            TakesRepository = false,
        };
        command.Add(Shell);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var shell = context.Get(Shell);
        if (!CompletionScript.All.TryGetValue(shell, out var script))
        {
            throw new UsageException($"There is no completion for '{shell}'.{Suggestion.For(shell, CompletionScript.All.Keys)} Choose "
                + $"{string.Join(", ", CompletionScript.All.Keys)}.");
        }

        context.WriteText(writer => writer.Write(script));
        return ExitCode.Done;
    }

    private static Argument<string> CreateShell()
    {
        var shell = new Argument<string>("SHELL") { Description = $"One of {string.Join(", ", CompletionScript.All.Keys)}" };
        shell.CompletionSources.Add([.. CompletionScript.All.Keys]);
        return shell;
    }
}

/// <summary>
/// The scripts in the folder beside. Each hands the line up to the cursor to the tool as one argument, and offers the lines that come
/// back as they are, so that nothing in either is evaluated. Where none comes, the shell completes file names. They run the xcoder of
/// PATH, whatever path the line begins with.
/// </summary>
internal static class CompletionScript
{
    private const string Prefix = "completion.";

    /// <summary>By the name of the shell.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(Of.GetManifestResourceNames()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(static name => name[Prefix.Length..], Read),
        StringComparer.Ordinal);

    private static Assembly Of => typeof(CompletionScript).Assembly;

    private static string Read(string resource)
    {
        using var stream = Of.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
