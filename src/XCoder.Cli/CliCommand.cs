using System.CommandLine;

namespace XCoder.Cli;

/// <summary>A command with its action and the examples its help ends with.</summary>
internal sealed class CliCommand : Command
{
    public CliCommand(string name, string description, Func<CommandContext, int> run, params string[] examples)
        : base(name, description)
    {
        (Run, Examples) = (run, examples);
        SetAction(_ => ExitCode.Done); // Program calls Run itself, with a context
    }

    public Func<CommandContext, int> Run { get; }

    public IReadOnlyList<string> Examples { get; }
}
