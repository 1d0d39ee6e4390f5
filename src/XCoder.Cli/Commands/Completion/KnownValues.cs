using System.CommandLine;
using System.CommandLine.Completions;
using XCoder.Agents.Rows;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Cli.Commands.Completion;

/// <summary>The values of options and arguments that are known without a workspace.</summary>
internal static class KnownValues
{
    // Options whose values the parser does not check, by command; the empty one stands for the others.
    private static readonly Dictionary<(string Command, string Option), (bool IsList, string[] Values)> Table = new()
    {
        [("snippets", "--kind")] = (true, [.. Enum.GetNames<SnippetKind>().Select(static name => name.ToLowerInvariant())]),
        [("duplicates", "--kind")] = (true, [.. DuplicateRule.All.Select(static rule => rule.Name)]),
        [("check", "--fail-on")] = (false, ["new", "any", "percent:"]),
        [("generate", "--dataset")] = (true, [.. RowKind.ByAgents.Select(static kind => kind.Name)]),
        [("generate", "--protocol")] = (true, ["centralised", "parallel"]),
        [("generate", "--decide")] = (false, ["vote", "merge"]),
        [("generate", "--context")] = (false, ["none", "lexical", "embedding"]),
        [("generate", "--task")] = (true, [.. RowKind.Mined.Tasks.Select(Word)]),
        [("export", "--task")] = (true, [.. Enum.GetValues<RowTask>().Select(Word)]),
        [("export", "--dataset")] = (true, [.. RowKind.Datasets.Select(static dataset => dataset.ToString())]),
        [("export", "--verdict")] = (true, ["accept", "revise", "reject"]),
        [("export", "--status")] = (true, ["verified", "parsed-only", "failed", "unverifiable"]),
        [("", "--licences")] = (true, ["permissive", "any"]),
        [("", "--model")] = (false, ["default", "quality"]),
    };

    // By the names that help shows for their values.
    private static readonly string[] LanguageNames = ["ID", "IDS", "LANGUAGE"];

    /// <summary>The values of an option.</summary>
    public static ValueList Of(Command command, Option option)
    {
        if (option == GlobalOptions.Format)
        {
            return new ValueList(false, (command as CliCommand)?.Formats ?? CliCommand.CommonFormats);
        }

        if (Table.TryGetValue((command.Name, option.Name), out var known) || Table.TryGetValue(("", option.Name), out known))
        {
            return new ValueList(known.IsList, known.Values);
        }

        return LanguageNames.Contains(option.HelpName) ? new ValueList(option.HelpName == "IDS", Languages())
            : new ValueList(false, option.CompletionSources.Count == 0 ? []
                : [.. option.GetCompletions(CompletionContext.Empty).Select(static item => item.Label)]);
    }

    /// <summary>The values of an argument.</summary>
    /// <param name="command">The command.</param>
    /// <param name="index">How many arguments stand before it.</param>
    public static ValueList Of(Command command, int index)
    {
        var argument = command.Arguments.ElementAtOrDefault(index)
            ?? command.Arguments.LastOrDefault(static last => last.Arity.MaximumNumberOfValues > 1);
        return argument is null ? new ValueList(false, [])
            : LanguageNames.Contains(argument.Name) ? new ValueList(false, Languages())
            : new ValueList(false, argument.CompletionSources.Count == 0 ? []
                : [.. argument.GetCompletions(CompletionContext.Empty).Select(static item => item.Label)]);
    }

    // A name as one word of a command line.
    private static string Word(RowTask task) => RowNames.Of(task).Replace(' ', '-');

    private static IReadOnlyList<string> Languages()
    {
        try
        {
            return [.. LanguageCatalog.Open(CommandContext.Grammars).Languages.Select(static language => language.Id)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [];
        }
    }
}

/// <summary>Values that may stand at a place.</summary>
/// <param name="IsList">Whether several may stand there, comma-separated.</param>
/// <param name="Values">The values; empty if they are not known.</param>
internal readonly record struct ValueList(bool IsList, IReadOnlyList<string> Values);
