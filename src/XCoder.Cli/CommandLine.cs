using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using XCoder.Analysis.Text;
using XCoder.Cli.Commands;
using XCoder.Cli.Commands.Analysis;
using XCoder.Cli.Commands.Completion;
using XCoder.Cli.Commands.Indexing;
using XCoder.Cli.Commands.Rows;

namespace XCoder.Cli;

/// <summary>Builds the root command with all commands and global options.</summary>
internal static class CommandLine
{
    public static RootCommand Build()
    {
        var root = new RootCommand(
            "XCoder extracts functions and structures from repositories in many languages, finds duplicates "
                + "among them and reports what a corpus covers.");
        foreach (var option in GlobalOptions.All)
        {
            root.Add(option);
        }

        CliCommand[] commands =
        [
            AnalyzeCommand.Create(), IndexCommand.Create(), WatchCommand.Create(), SnippetsCommand.Create(), DuplicatesCommand.Create(),
            CheckCommand.Create(), IgnoreCommand.Create(), CoverageCommand.Create(), NeighboursCommand.Create(), CalibrateCommand.Create(),
            SeedsCommand.Create(), ConfigCommand.Create(),
            GenerateCommand.Create(), MemoryCommand.Create(), VerifyCommand.Create(), ExportCommand.Create(), DecontaminateCommand.Create(),
            PurgeCommand.Create(), EmbedCommand.Create(), TokenizeCommand.Create(), LanguagesCommand.Create(), DoctorCommand.Create(),
            CompletionCommand.Create(), McpCommand.Create(), ServeCommand.Create(),
        ];
        foreach (var command in commands)
        {
            root.Add(command);
        }

        HelpExamples.AddTo(root);
        return root;
    }
}

/// <summary>Shows help that ends with the command's examples.</summary>
internal sealed class HelpExamples(HelpAction standard) : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpExamples((HelpAction)option.Action!);
        }
    }

    public override int Invoke(ParseResult parsed)
    {
        // The global options serve all commands, so their help is adapted: formats differ, and some commands ignore the repository.
        var shown = parsed.CommandResult.Command as CliCommand;
        GlobalOptions.Format.HelpName = string.Join('|', shown?.Formats ?? CliCommand.CommonFormats);
        GlobalOptions.Repository.Hidden = shown is { TakesRepository: false };
        var result = standard.Invoke(parsed);
        if (parsed.CommandResult.Command is CliCommand { Examples.Count: > 0 } command)
        {
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return result;
    }
}

/// <summary>Describes errors of a command line and suggests what may have been meant.</summary>
internal static class ParseErrors
{
    /// <summary>One line for each different error.</summary>
    public static IEnumerable<string> Describe(ParseResult parsed) => parsed.Errors.Select(error => Describe(parsed, error)).Distinct();

    private static string Describe(ParseResult parsed, ParseError error)
    {
        if (error.SymbolResult is OptionResult { Option: var option, Tokens: [.., { Value: var value }] } && IsWrongValue(error))
        {
            var choices = option == GlobalOptions.Format && parsed.CommandResult.Command is CliCommand command ? command.Formats
                : ChoicesOf(option);
            return choices.Count > 0
                ? $"{option.Name}: there is no '{value}'; choose {string.Join(", ", choices)}."
                : $"{option.Name} takes {Kind(option.ValueType)}, not '{value}'.";
        }

        return parsed.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)) is { } unknown
            ? Unknown(parsed, unknown)
            : OneLine(error.Message);
    }

    // Recognises System.CommandLine's messages: 'Cannot parse argument …', and 'Argument … not recognized. Must be one of:' and a list.
    private static bool IsWrongValue(ParseError error) =>
        error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal)
            || error.Message.Contains("not recognized", StringComparison.Ordinal);

    private static string Unknown(ParseResult parsed, string token)
    {
        var command = parsed.CommandResult.Command;
        if (token.StartsWith('-'))
        {
            var options = command.Options.Concat(GlobalOptions.All).Where(option => !option.Hidden)
                .SelectMany(option => option.Aliases.Append(option.Name));
            return $"'{command.Name}' has no option {token}.{Suggestion.For(token, options)}";
        }

        var isCommand = command.Subcommands.Count > 0 && command.Arguments.Count == 0;
        return isCommand
            ? $"There is no command '{token}'.{Suggestion.For(token, command.Subcommands.Select(sub => sub.Name))}"
            : $"'{command.Name}' does not take '{token}'.";
    }

    private static IReadOnlyList<string> ChoicesOf(Option option) =>
        option.CompletionSources.Count == 0 ? []
            : [.. option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => item.Label)];

    private static string Kind(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
        TypeCode.Boolean => "true or false",
        _ => "another value",
    };

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[])['\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

/// <summary>Option names of earlier versions, which are still accepted but not shown in help.</summary>
internal static class OldNames
{
    private static readonly Dictionary<string, string> Options = new()
    {
        ["--languages"] = "--language",
        ["--tasks"] = "--task",
        ["--datasets"] = "--dataset",
    };

    /// <summary>Replaces old option names by today's.</summary>
    /// <param name="arguments">Arguments of the command line; those after <c>--</c> stay unchanged.</param>
    public static string[] Replace(string[] arguments)
    {
        var end = Array.IndexOf(arguments, "--");
        return [.. arguments.Select((argument, i) => end >= 0 && i >= end ? argument : Replace(argument))];
    }

    private static string Replace(string argument)
    {
        var equals = argument.IndexOf('=');
        var name = equals < 0 ? argument : argument[..equals];
        return Options.TryGetValue(name, out var today) ? today + argument[name.Length..] : argument;
    }
}
