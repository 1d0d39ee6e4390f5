using System.CommandLine;

namespace XCoder.Cli.Commands;

/// <summary><c>--margin</c>, for commands that look for semantic duplicates.</summary>
internal static class MarginOption
{
    private static readonly Option<double?> Margin = new("--margin")
    {
        Description = "Lowest margin of semantic duplicates across languages, -0.1 to 1 (default: what 'calibrate' found, else 0.12)",
        HelpName = "X",
    };

    /// <summary>Adds it with the options of the model.</summary>
    public static void AddTo(Command command)
    {
        command.Add(Margin);
        ModelOptions.AddTo(command);
    }

    /// <summary>The margin of the command line, checked.</summary>
    public static double? Of(CommandContext context) =>
        context.Get(Margin) is var margin and (null or >= -0.1 and <= 1) ? margin : throw new UsageException($"--margin must be -0.1 to 1, not {context.Get(Margin)}.");
}
