using System.CommandLine;
using System.CommandLine.Parsing;
using XCoder.Analysis.Text;
using XCoder.Cli.Commands;

namespace XCoder.Cli;

/// <summary>Says what is wrong with a command line, and what may have been meant.</summary>
internal static class ParseErrors
{
    /// <summary>A line for each error.</summary>
    public static IEnumerable<string> Describe(ParseResult parsed) => parsed.Errors.Select(error => Describe(parsed, error)).Distinct();

    private static string Describe(ParseResult parsed, ParseError error)
    {
        if (error.SymbolResult is OptionResult { Option: var option, Tokens: [.., { Value: var value }] } && IsWrongValue(error))
        {
            var choices = option == GlobalOptions.Format && parsed.CommandResult.Command is CliCommand command ? command.Formats : ChoicesOf(option);
            return choices.Count > 0
                ? $"{option.Name}: there is no '{value}'; choose {string.Join(", ", choices)}."
                : $"{option.Name} takes {Kind(option.ValueType)}, not '{value}'.";
        }

        return parsed.UnmatchedTokens.FirstOrDefault(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal)) is { } unknown
            ? Unknown(parsed, unknown)
            : OneLine(error.Message);
    }

    // The library's own texts of these: 'Cannot parse argument …', 'Argument … not recognized. Must be one of:' and a line each.
    private static bool IsWrongValue(ParseError error) =>
        error.Message.StartsWith("Cannot parse argument", StringComparison.Ordinal) || error.Message.Contains("not recognized", StringComparison.Ordinal);

    private static string Unknown(ParseResult parsed, string token)
    {
        var command = parsed.CommandResult.Command;
        if (token.StartsWith('-'))
        {
            var options = command.Options.Concat(GlobalOptions.All).Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name));
            return $"'{command.Name}' has no option {token}.{Suggestion.For(token, options)}";
        }

        var isCommand = command.Subcommands.Count > 0 && command.Arguments.Count == 0;
        return isCommand
            ? $"There is no command '{token}'.{Suggestion.For(token, command.Subcommands.Select(sub => sub.Name))}"
            : $"'{command.Name}' does not take '{token}'.";
    }

    private static IReadOnlyList<string> ChoicesOf(Option option) => option.CompletionSources.Count == 0 ? [] : [.. option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => item.Label)];

    private static string Kind(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
        TypeCode.Boolean => "true or false",
        _ => "another value",
    };

    private static string OneLine(string message) => string.Join(' ', message.Split((char[])['\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
