using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>SPDX licence expressions, and the tag that gives one in a file.</summary>
internal static class SpdxTag
{
    /// <summary>SPDX for: there is a statement, but not one that is understood.</summary>
    public const string NoAssertion = "NOASSERTION";

    private const int MaxBytes = 4096;

    private static readonly Regex Expression = new(
        @"^\(*[A-Za-z0-9][A-Za-z0-9.+:-]*\)*( (AND|OR|WITH) \(*[A-Za-z0-9][A-Za-z0-9.+:-]*\)*)*$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>The expression of a tag in the first 4 KiB. The tag must open its line but for comment signs.</summary>
    public static string? Find(ReadOnlySpan<byte> text)
    {
        var start = text[..Math.Min(text.Length, MaxBytes)];
        for (var at = start.IndexOf("SPDX-License-Identifier:"u8); at >= 0; at = start.IndexOf("SPDX-License-Identifier:"u8))
        {
            var before = start[(start[..at].LastIndexOf((byte)'\n') + 1)..at];
            start = start[(at + "SPDX-License-Identifier:".Length)..];
            var end = start.IndexOfAny((byte)'\n', (byte)'\r');
            var value = Encoding.UTF8.GetString(start[..(end < 0 ? start.Length : end)]);
            if (IsCommentSign(before) && Check(value) is { } expression)
            {
                return expression;
            }
        }

        return null;
    }

    /// <summary>The expression, tidied, or null where it is none.</summary>
    public static string? Check(string value)
    {
        foreach (var close in (string[])["*/", "-->", "#}", "*)", "-}", "%>", "\"\"\""])
        {
            var at = value.IndexOf(close, StringComparison.Ordinal);
            value = at < 0 ? value : value[..at];
        }

        value = string.Join(' ', value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('*', '#', '/', '-', ' ');
        return value.Length is > 0 and <= 200 && Expression.IsMatch(value) && value.Count(c => c == '(') == value.Count(c => c == ')')
            ? value : null;
    }

    private static bool IsCommentSign(ReadOnlySpan<byte> before)
    {
        foreach (var value in before)
        {
            if (char.IsAsciiLetterOrDigit((char)value) && !before.TrimStart(" \t"u8).StartsWith("dnl "u8) && !before.StartsWith("REM "u8))
            {
                return false;
            }
        }

        return before.IndexOfAny("\"="u8) < 0 || before.TrimStart(" \t"u8).StartsWith("\"\"\""u8);
    }
}
