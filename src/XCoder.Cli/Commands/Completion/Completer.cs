using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;

namespace XCoder.Cli.Commands.Completion;

/// <summary>
/// Says what may come next on a command line. Knows commands, options and values that do not depend on a workspace: it opens and runs
/// nothing. Paths are left to the shell. System.CommandLine's own completion is not used: it fails on '--format=j', and offers all
/// formats to every command.
/// </summary>
internal static class Completer
{
    /// <summary>
    /// Reads a request: <c>[suggest]</c>, <c>[suggest:N]</c> or <c>[complete]</c>, followed by the line, of which N characters count.
    /// </summary>
    /// <returns>The line up to the cursor, and whether descriptions are asked for; null if it is no request.</returns>
    public static (string Line, bool IsDescribed)? Asked(IReadOnlyList<string> arguments)
    {
        if (arguments is not [['[', .., ']'] directive, ..])
        {
            return null;
        }

        var parts = directive[1..^1].Split(':', 2);
        if (parts[0] is not ("suggest" or "complete"))
        {
            return null;
        }

        var line = arguments.Count > 1 ? arguments[1] : "";
        return (parts.Length > 1 && int.TryParse(parts[1], out var end) && end >= 0 && end < line.Length ? line[..end] : line,
            parts[0] == "complete");
    }

    /// <summary>What may stand at the end of a line.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="line">The line up to the cursor, with the program's name.</param>
    /// <returns>Whole words in a sensible order; none if a path or free text is expected.</returns>
    public static IReadOnlyList<Candidate> Complete(RootCommand root, string line)
    {
        var words = ShellWords.Split(line);
        var begin = words.FindIndex(static word => !IsAssignment(word)) + 1; // behind the program
        if (begin == 0 || begin >= words.Count)
        {
            return [];
        }

        Command command = root;
        Option? open = null;
        var (given, positional, isOver) = (new HashSet<Option>(), 0, false);
        foreach (var word in words[begin..^1])
        {
            if (open is not null)
            {
                open = null;
            }
            else if (isOver || !word.StartsWith('-') || word == "-")
            {
                if (positional == 0 && Find(command, word) is { } inner)
                {
                    command = inner;
                }
                else
                {
                    positional++;
                }
            }
            else if (word == "--")
            {
                isOver = true;
            }
            else if (OptionsOf(command).FirstOrDefault(option => Names(option).Contains(word.Split('=')[0])) is { } option)
            {
                given.Add(option);
                open = TakesValue(option) && !word.Contains('=', StringComparison.Ordinal) ? option : null;
            }
        }

        var last = words[^1];
        if (open is not null)
        {
            return Values(KnownValues.Of(command, open), "", last);
        }

        if (!isOver && last.StartsWith('-'))
        {
            var equals = last.IndexOf('=', StringComparison.Ordinal);
            return equals < 0
                ? [.. OptionsOf(command).Where(option => !option.Hidden && !given.Contains(option)).SelectMany(static option =>
                    option.Aliases.Where(static name => name.StartsWith("--", StringComparison.Ordinal)).Prepend(option.Name)
                        .Select(name => new Candidate(name, option.Description ?? "")))
                    .Where(candidate => candidate.Word.StartsWith(last, StringComparison.Ordinal))
                    .OrderBy(static candidate => candidate.Word, StringComparer.Ordinal)]
                : OptionsOf(command).FirstOrDefault(option => Names(option).Contains(last[..equals])) is { } option && TakesValue(option)
                    ? Values(KnownValues.Of(command, option), last[..(equals + 1)], last[(equals + 1)..]) : [];
        }

        var commands = positional > 0 || isOver ? [] : command.Subcommands.Where(inner => !inner.Hidden)
            .Select(static inner => new Candidate(inner.Name, inner.Description ?? ""))
            .Where(candidate => candidate.Word.StartsWith(last, StringComparison.Ordinal));
        return [.. commands, .. Values(KnownValues.Of(command, positional), "", last)];
    }

    /// <summary>Writes candidates, one a line.</summary>
    /// <param name="writer">Receives the lines.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="isDescribed">Whether a tab and the first sentence of the description follow each word.</param>
    public static void Write(TextWriter writer, IEnumerable<Candidate> candidates, bool isDescribed)
    {
        foreach (var candidate in candidates)
        {
            writer.Write(candidate.Word);
            if (isDescribed)
            {
                writer.Write('\t');
                writer.Write(candidate.Description.Split(['\n', '\t', ';', ':', '('])[0].Trim());
            }

            writer.Write('\n');
        }
    }

    private static Command? Find(Command command, string name) => command.Subcommands.FirstOrDefault(inner => inner.Name == name);

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(static option => option.Recursive).Concat(command.Options).Distinct();

    private static IEnumerable<string> Names(Option option) => option.Aliases.Prepend(option.Name);

    private static bool TakesValue(Option option) => option.Arity.MinimumNumberOfValues > 0;

    // Of a list, the last item counts.
    private static IReadOnlyList<Candidate> Values(ValueList list, string before, string word)
    {
        var comma = list.IsList ? word.LastIndexOf(',') + 1 : 0;
        var taken = word[..comma].Split(',');
        return [.. list.Values.Where(value => value.StartsWith(word[comma..], StringComparison.Ordinal) && !taken.Contains(value))
            .Select(value => new Candidate(before + word[..comma] + value, ""))];
    }

    // A variable before the program: NAME=value.
    private static bool IsAssignment(string word) => word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        && word[..equals].All(static sign => char.IsAsciiLetterOrDigit(sign) || sign == '_');
}

/// <summary>A word that may come next.</summary>
/// <param name="Word">The whole word, as it stands on the command line.</param>
/// <param name="Description">What it means; may be empty.</param>
internal sealed record Candidate(string Word, string Description);

/// <summary>Splits a command line as shells do, without ever evaluating a part of it.</summary>
internal static class ShellWords
{
    /// <summary>The words without their quotes; the last one is the word at the cursor, which may be empty.</summary>
    public static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quote, isInside) = ('\0', false);
        for (var i = 0; i < line.Length; i++)
        {
            var sign = line[i];
            if (quote == '\0' && char.IsWhiteSpace(sign))
            {
                if (isInside)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    isInside = false;
                }

                continue;
            }

            isInside = true;
            if (sign == '\\' && quote != '\'' && i + 1 < line.Length)
            {
                word.Append(line[++i]);
            }
            else if (quote == '\0' && (sign is '\'' or '"'))
            {
                quote = sign;
            }
            else if (sign == quote)
            {
                quote = '\0';
            }
            else
            {
                word.Append(sign);
            }
        }

        words.Add(word.ToString());
        return words;
    }
}
