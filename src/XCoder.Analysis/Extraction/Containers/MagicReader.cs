using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Containers;

/// <summary>
/// Tells what of a notebook's cell is code of its language, and what are commands to the tool around it. Immutable and thread-safe.
/// </summary>
internal sealed class MagicReader
{
    // The group of a command reaches over the lines that backslashes join.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    private readonly CellMagics? _magics;
    private readonly Regex? _cell;
    private readonly Regex[] _commands;
    private readonly Func<string, byte[], string?> _detect;

    /// <summary>Creates a reader of the cells of a language.</summary>
    /// <param name="magics">What may stand in them beside code; null for nothing.</param>
    /// <param name="detect">The id of the language of a file with a name and a text; null if the manifest has none.</param>
    public MagicReader(CellMagics? magics, Func<string, byte[], string?> detect)
    {
        _magics = magics;
        _detect = detect;
        _cell = magics?.Cell is { } cell ? new Regex(cell, Options) : null;
        _commands = [.. (magics?.Commands ?? []).Select(static command => new Regex(command, Options))];
    }

    /// <summary>Reads a cell.</summary>
    public CellReading Read(byte[] cell)
    {
        if (_magics is null)
        {
            return new CellReading("", [], false);
        }

        // Latin-1 maps each byte to one character, so string positions equal byte positions.
        var text = Encoding.Latin1.GetString(cell);
        var start = text.AsSpan().IndexOfAnyExcept(" \t\r\n".AsSpan());
        start = start < 0 ? 0 : text.LastIndexOf('\n', start) + 1;

        // A command may hand the rest of the cell to another one: %%capture, then %%bash.
        for (var line = start; _cell?.Match(text[line..LineEnd(text, line)]) is { Success: true } called;)
        {
            var end = LineEnd(text, line);
            switch (LanguageOf(called, text[Math.Min(end + 1, text.Length)..]))
            {
                case null:
                    return Commands(text, start, null);
                case { Length: > 0 } other:
                    return new CellReading(other, [(start, end)], false);
            }

            var next = text.AsSpan(end).IndexOfAnyExcept(" \t\r\n".AsSpan());
            if (next < 0)
            {
                break;
            }

            line = text.LastIndexOf('\n', end + next) + 1;
        }

        return Commands(text, start, "");
    }

    // The language of what follows a command: empty for the notebook's, null if the manifest has none.
    private string? LanguageOf(Match called, string code)
    {
        var name = called.Groups[1].Value;
        if (_magics!.Cells.TryGetValue(name, out var language))
        {
            return language;
        }

        // The file comes after the options; a program before those of its own.
        var argument = called.Groups[2].Value.Trim();
        var found = _magics.Files.Contains(name) ? _detect(argument.Split(' ')[^1].Trim('"', '\''), Encoding.Latin1.GetBytes(code))
            : _magics.Programs.Contains(name) ? _detect("program", Encoding.Latin1.GetBytes($"#!{argument}\n")) : null;
        return found is not null && _magics.Languages.Contains(found) ? "" : found;
    }

    private CellReading Commands(string text, int start, string? language)
    {
        var found = new List<(int Start, int End)>();
        var (at, depth, statement) = (start, 0, start);
        while (at < text.Length)
        {
            statement = depth == 0 ? at : statement;
            if (depth == 0 && Command(text, at) is { } command)
            {
                found.Add(command);
                at = command.End;
            }

            at = _magics!.FirstLine ? text.Length : AfterLine(text, at, ref depth);
        }

        // What a cell leaves open would swallow the next one.
        if (depth > 0)
        {
            found.Add((statement + text.AsSpan(statement).IndexOfAnyExcept(' ', '\t'), text.TrimEnd().Length));
        }

        return new CellReading(language, found, depth > 0);
    }

    // The command on the line that begins at a place, with the lines that backslashes join to it.
    private (int Start, int End)? Command(string text, int start)
    {
        var end = LineEnd(text, start);
        while (end < text.Length && text.AsSpan(start..end).TrimEnd('\r').EndsWith("\\"))
        {
            end = LineEnd(text, end + 1);
        }

        // Without blanks at the end: the linear engine loses a group that ends in a line feed.
        var line = text[start..end].TrimEnd();
        foreach (var expression in _commands)
        {
            if (expression.Match(line).Groups[1] is { Length: > 0 } command)
            {
                return (start + command.Index, start + command.Index + command.Length);
            }
        }

        return null;
    }

    // Passes over a line of code, with the strings that begin in it and the lines that a backslash joins to it. A long string without
    // end counts as an open bracket.
    private static int AfterLine(string text, int at, ref int depth)
    {
        for (; at < text.Length && text[at] != '\n'; at++)
        {
            switch (text[at])
            {
                case '#':
                    at = LineEnd(text, at) - 1;
                    break;
                case '"' or '\'':
                    at = StringEnd(text, at, ref depth) - 1;
                    break;
                case '\\':
                    at += text.AsSpan(at).StartsWith("\\\r\n") ? 2 : 1;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
            }
        }

        return at + 1;
    }

    private static int StringEnd(string text, int start, ref int depth)
    {
        var quote = text[start];
        var isLong = start + 2 < text.Length && text[start + 1] == quote && text[start + 2] == quote;
        for (var at = start + (isLong ? 3 : 1); at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (!isLong && text[at] is '\n')
            {
                return at;
            }
            else if (text[at] == quote && (!isLong || (at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote)))
            {
                return at + (isLong ? 3 : 1);
            }
        }

        depth += isLong ? 1 : 0;
        return text.Length;
    }

    private static int LineEnd(string text, int start) => text.IndexOf('\n', start) is >= 0 and var end ? end : text.Length;
}

/// <summary>What of a cell is code.</summary>
/// <param name="Language">Id of its language: empty for the notebook's own, null if the manifest has none for it.</param>
/// <param name="Commands">Ranges, in order, that its parser must not see: commands, and a statement that the cell leaves open.</param>
/// <param name="IsBroken">Whether it leaves a bracket or a string open.</param>
internal sealed record CellReading(string? Language, IReadOnlyList<(int Start, int End)> Commands, bool IsBroken);
