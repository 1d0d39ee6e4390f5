using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Heads;

/// <summary>The comment, or docstring, around a place of a file.</summary>
internal static partial class PlacedComment
{
    // Characters of a comment, and before a place in which its comment begins.
    private const int Most = 6 * 1024;

    private static readonly (string Open, string Close)[] Blocks =
    [
        ("/*", "*/"), ("<!--", "-->"), ("(* ", "*)"), ("(**", "*)"), ("{- ", "-}"), ("{-\n", "-}"), ("--[[", "]]"),
        ("\n=head", "\n=cut"), ("\n=pod", "\n=cut"), ("\n{ ", "}"), ("\n{*", "*}"), ("\n#if 0", "\n#endif"),
        ("\n=begin", "\n=end"), ("#|\n", "|#"), ("<#", "#>"), ("\n%{", "\n%}"),
    ];

    private static readonly string[] Quotes = ["\"\"\"", "'''"];

    /// <summary>The comment without its signs, and an index that is not above its end; null where the place lies in code.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">A place in it.</param>
    public static (string Comment, int Below)? Find(ReadOnlySpan<char> text, int place)
    {
        var from = Math.Max(0, place - Most);
        var before = text[from..place].ToString();
        var start = before.LastIndexOf('\n') + 1;
        var lineEnd = text[place..].IndexOf('\n') is >= 0 and var length ? place + length : text.Length;
        if (Docstring(text, place) is var (inside, close))
        {
            return (text[inside..close].ToString(), close);
        }

        if (Opened(before) is { } open)
        {
            start = open;
        }
        else if (HeadComment.IsLine(before[start..] + text[place..lineEnd].ToString()))
        {
            while (start > 0 && before.LastIndexOf('\n', Math.Max(0, start - 2)) + 1 is var above && above < start
                && HeadComment.IsLine(before[above..(start - 1)]))
            {
                start = above;
            }
        }
        else
        {
            var trailing = Trailing().Match(before, start);
            return trailing.Success
                ? (before[(trailing.Index + trailing.Length)..] + text[place..lineEnd].ToString(), lineEnd) : null;
        }

        return (HeadComment.Of(text[(from + start)..Math.Min(text.Length, place + Most)].ToString()), lineEnd);
    }

    // A text between three quotes that begins its line documents; others are data.
    private static (int From, int To)? Docstring(ReadOnlySpan<char> text, int place)
    {
        foreach (var quotes in Quotes)
        {
            var open = text[Math.Max(0, place - Most)..place].LastIndexOf(quotes) is >= 0 and var at ? at + Math.Max(0, place - Most) : -1;
            if (open >= 0 && Doc().IsMatch(text[(text[..open].LastIndexOf('\n') + 1)..open].Trim()) && text[..place].Count(quotes) % 2 == 1)
            {
                var end = text[place..].IndexOf(quotes);
                return (open + quotes.Length, end < 0 ? Math.Min(text.Length, place + Most) : Math.Min(place + end, place + Most));
            }
        }

        return null;
    }

    // Where the block comment that is open at the end of a text begins.
    private static int? Opened(string before)
    {
        foreach (var (open, close) in Blocks)
        {
            var at = before.LastIndexOf(open, StringComparison.Ordinal);
            if (at >= 0 && before.IndexOf(close, at + open.Length, StringComparison.Ordinal) < 0)
            {
                return open[0] == '\n' ? at + 1 : at;
            }
        }

        return null;
    }

    // What may stand before a docstring in its line.
    [GeneratedRegex(@"^(?:@\w{1,20}[ \t]*|__doc__[ \t]*=[ \t]*)?~?[A-Za-z]{0,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Doc();

    // A comment behind code. An address is none.
    [GeneratedRegex(@"(?:^|[\s;{})])(?://+|#+|--+|;+|/\*+)(?=\s)(?:[^""'\n]|(?<=\p{L})'(?=\p{L}))*?"
        + @"(?=(?:[^""'\n]|(?<=\p{L})'(?=\p{L}))*\z)")]
    private static partial Regex Trailing();
}
