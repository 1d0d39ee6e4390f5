using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// Notices in comments below the head of a file: of code that was taken from elsewhere, or at the file's end. They grant nothing, for
/// they are of a part; but the file is under them, too.
/// </summary>
internal static partial class LaterNotices
{
    // Comments of a file that are read, places of one sign, bytes of a comment, and bytes before a sign in which its comment begins.
    private const int MostComments = 24, MostPlaces = 200, MostBytes = 6 * 1024, MostAbove = 6 * 1024;

    // Beyond it files are data and programs' output.
    private const int MostSearched = 1 << 20;

    // What the comments hold, in the letters that people write it in. One search for each is faster than one for all.
    private static readonly byte[][] Signs =
    [
        [.. "opyright"u8], [.. "OPYRIGHT"u8], [.. "(c) "u8], [.. "(C) "u8], [.. "\u00A9"u8], [.. "GPL"u8], [.. "onfidential"u8],
        [.. "ONFIDENTIAL"u8], [.. "roprietary"u8], [.. "CC BY"u8], [.. "CC-BY"u8],
    ];

    private static readonly (string Open, string Close)[] Blocks =
    [
        ("/*", "*/"), ("<!--", "-->"), ("(* ", "*)"), ("(**", "*)"), ("{- ", "-}"), ("{-\n", "-}"), ("--[[", "]]"),
        ("\n=head", "\n=cut"), ("\n=pod", "\n=cut"),
        ("\n=begin", "\n=end"), ("#|\n", "|#"), ("<#", "#>"), ("\n%{", "\n%}"),
    ];

    /// <summary>The strictest of a file's notices below its head.</summary>
    /// <param name="text">The file's text.</param>
    public static Notice Find(ReadOnlySpan<byte> text)
    {
        if (Places(text[..Math.Min(text.Length, MostSearched)]) is not { } places)
        {
            return default;
        }

        // What stands in the head is read by HeaderNotice.
        var head = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MostBytes)]);
        _ = HeadComment.Read(head, out var length);
        var (found, read, end) = (default(Notice), 0, Encoding.UTF8.GetByteCount(head.AsSpan(0, length)));
        foreach (var place in places)
        {
            if (place < end || CommentAt(text, place) is not var (comment, below) || read == MostComments)
            {
                continue;
            }

            end = below;
            if (Claim().Match(comment) is not { Success: true } claim)
            {
                continue;
            }

            read++;
            var notice = TermsReader.Read(comment, isOfLicence: !claim.Groups["holder"].Success);
            found = new Notice(LicenceFinder.Stricter(found.Spdx, notice.Spdx), found.IsWithheld || notice.IsWithheld);
        }

        return found;
    }

    // Where signs stand, in order; null where none does.
    private static List<int>? Places(ReadOnlySpan<byte> text)
    {
        List<int>? places = null;
        foreach (var sign in Signs)
        {
            var from = 0;
            for (var count = 0; count < MostPlaces && text[from..].IndexOf(sign) is >= 0 and var at; count++)
            {
                (places ??= []).Add(from + at);
                from += at + sign.Length;
            }
        }

        places?.Sort();
        return places;
    }

    // The comment around a place, without its signs, and an index that is not above its end; null where the place lies in code.
    private static (string Comment, int Below)? CommentAt(ReadOnlySpan<byte> text, int place)
    {
        var from = Math.Max(0, place - MostAbove);
        var before = Encoding.UTF8.GetString(text[from..place]);
        var start = before.LastIndexOf('\n') + 1;
        var lineEnd = text[place..].IndexOf((byte)'\n') is >= 0 and var length ? place + length : text.Length;
        if (Opened(before) is { } open)
        {
            start = open;
        }
        else if (HeadComment.IsLine(before[start..]))
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
                ? (before[(trailing.Index + trailing.Length)..] + Encoding.UTF8.GetString(text[place..lineEnd]), lineEnd)
                : null;
        }

        var bytesAbove = Encoding.UTF8.GetByteCount(before.AsSpan(start));
        var whole = text[(place - bytesAbove)..Math.Min(text.Length, place + MostBytes)];
        return (HeadComment.Of(Encoding.UTF8.GetString(whole)), lineEnd);
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

    [GeneratedRegex(@"(?<holder>copyright|©|\(c\)|copr\.)\W{0,4}(?:(?:\(c\)|©|by)\W{0,3})?(?:\d{4}|(?!sign\b)(?-i:\p{Lu}))"
        + @"|\ball rights reserved|\bconfidential(?:\W|$)(?!\p{L}+s\b)"
        + @"|\bproprietary (?:to|and|of|software|code|information|property|source|material)\b"
        + @"|\b[al]?gpl|\bgeneral public license|\bcc[ -]by", RegexOptions.IgnoreCase)]
    private static partial Regex Claim();

    // A comment behind code. An address is none.
    [GeneratedRegex(@"(?:^|[\s;{})])(?://+|#+|--+|;+|/\*+)(?=\s)[^""'\n]*?(?=[^""'\n]*\z)")]
    private static partial Regex Trailing();
}
