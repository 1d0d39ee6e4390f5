using System.CommandLine;

namespace XCoder.Cli.Commands;

/// <summary>A command with its action, the formats it can write and the examples its help ends with.</summary>
internal sealed class CliCommand : Command
{
    public CliCommand(string name, string description, Func<CommandContext, int> run, params string[] examples)
        : base(name, description)
    {
        (Run, Examples) = (run, examples);
        SetAction(_ => ExitCode.Done); // Program calls Run itself, with a context
    }

    /// <summary>The formats of most commands.</summary>
    public static IReadOnlyList<string> CommonFormats { get; } = ["text", "json", "jsonl"];

    public Func<CommandContext, int> Run { get; }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Values of <c>--format</c>; the first is the default.</summary>
    public IReadOnlyList<string> Formats { get; init; } = CommonFormats;

    /// <summary>Whether <c>--repository</c> changes what it does.</summary>
    public bool TakesRepository { get; init; } = true;
}
