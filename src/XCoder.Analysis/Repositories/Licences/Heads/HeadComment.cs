using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Heads;

/// <summary>The comments at the head of a file, before the first line of code.</summary>
internal static partial class HeadComment
{
    /// <summary>
    /// The comments before the first line of code, without their signs and without the expressions of SPDX tags. A licence stands in a
    /// comment, not in a text.
    /// </summary>
    /// <param name="head">The beginning of a file.</param>
    public static string Of(string head) => NoticeText.Closed(SpdxTag.Strip(Read(head)));

    /// <summary>The same with SPDX tags.</summary>
    public static string Read(string head) => Read(head, out _);

    /// <summary>The same with SPDX tags, and the number of characters up to the first line of code.</summary>
    public static string Read(string head, out int length)
    {
        var kept = new StringBuilder();
        string? close = null;
        length = 0;
        var lines = head.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var (before, line) = (length, lines[i].Trim());
            length = Math.Min(head.Length, length + lines[i].Length + 1);
            if (close is not null)
            {
                var end = line.IndexOf(close, StringComparison.Ordinal);
                kept.Append(end < 0 ? line : $"{line[..end]} {Further(line[(end + close.Length)..])}").Append('\n');
                close = end < 0 ? close : null;
                continue;
            }

            if (line.Length == 0)
            {
                kept.Append('\n');
                continue;
            }

            // PHP begins, and may go on in the same line.
            line = line.StartsWith("<?php", StringComparison.OrdinalIgnoreCase) ? line[5..].Trim() : line;
            if (line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("<?", StringComparison.Ordinal)
                || line is "" or "%YAML" or "---" or "package main")
            {
                continue;
            }

            if ((Block().Match(line) is { Success: true } signed ? signed : Braced(lines, i)) is { Success: true } block)
            {
                var open = block.Value.TrimStart('r', 'R', 'u', 'U');
                close = open switch { "/*" => "*/", "<!--" => "-->", "(*" => "*)", "{-" => "-}", "--[[" => "]]", "=begin" => "=end",
                    "=head" or "=pod" => "=cut",
                    "#=" => "=#", "<#" => "#>", "%{" => "%}", "#|" => "|#",
                    "{" => "}", "{*" => "*}", "{#" => "#}",
                    ['#', .., '0'] => "#endif", _ => open };
                var rest = line[block.Length..];
                var end = rest.IndexOf(close, StringComparison.Ordinal);
                kept.Append(end < 0 ? rest : $"{rest[..end]} {Further(rest[(end + close.Length)..])}").Append('\n');
                close = end < 0 ? close : null;
            }
            else if (Sign().Match(line) is { Success: true } sign)
            {
                kept.Append(line.AsSpan(sign.Length)).Append('\n');
            }
            else if ((kept.ToString().AsSpan().Trim().Length > 0 && !line.StartsWith("package ", StringComparison.Ordinal))
                || !Opening().IsMatch(line))
            {
                length = before;
                break;
            }
        }

        return kept.ToString();
    }

    /// <summary>Whether a line is a comment of its own, such as <c>// …</c>.</summary>
    public static bool IsLine(string line) => Sign().IsMatch(line.Trim());

    // Pascal has comments in braces, which begin other things elsewhere.
    private static Match Braced(string[] lines, int at) => Brace().Match(lines[at].Trim()) is { Success: true } brace
        && (brace.Groups["text"].Success || lines.Skip(at + 1).FirstOrDefault(line => line.Trim().Length > 0)
            ?.TrimStart() is [var first, ..] && (char.IsLetter(first) || first is '*' or '(' or '\u00A9')) ? brace : Match.Empty;

    // Another comment in the same line.
    private static string Further(string rest) => rest.Trim() is var text && (Block().IsMatch(text) || Sign().IsMatch(text)) ? text : "";

    [GeneratedRegex("^(?:/\\*|<!--|\\(\\*|\\{-|--\\[\\[|=begin|=head|=pod|#=|<#|%\\{|#\\||\\{[*#](?=\\s)|#[ \t]*if 0\\b"
        + "|[rRuU]?\"\"\"|[rRuU]?''')")]
    private static partial Regex Block();

    [GeneratedRegex(@"^\{(?:(?=[*]*$)|(?<text>(?=[ \t]*[\p{Lu}(\u00A9$]))(?![^}]*[:=;,]\s*$))")]
    private static partial Regex Brace();

    [GeneratedRegex(@"^(?://+|#+(?!\[|include|define|import|pragma|if)|--+|;+|%+|'(?!\S.*')|!|\*+(?=\s|$)|dnl\b"
        + @"|@?(?:REM|Rem|rem)\b|::+(?=\s)|NB\.|\u235D|[Cc](?=\s{2,}\S)|""(?=\s)(?!.*"")|\\(?=\s)|\.\\"")")]
    private static partial Regex Sign();

    // What may stand before a file's comment.
    [GeneratedRegex(@"^(?:<\w|package\b|namespace\b|['""]use strict['""]|@charset|#\[|#include|#ifndef|#define|#pragma|#!"
        + @"|import\b|using\b|module\b|pragma\b|program\b|unit\b|(?:Attribute|Option|Imports|VERSION)\s"
        + @"|library\b|\{|declare\b|\xEF|\uFEFF)")]
    private static partial Regex Opening();
}
