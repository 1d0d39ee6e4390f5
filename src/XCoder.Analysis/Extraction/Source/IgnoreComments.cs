using System.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>
/// Finds comments that take code out of reports, in any language: what stands between two tokens and is not layout is a comment. The mark
/// must be the first word of its line of the comment, so that a comment that merely speaks of it does nothing.
/// </summary>
internal static class IgnoreComments
{
    /// <summary>The mark of a comment at a function or type.</summary>
    public const string Mark = "xcoder-ignore";

    private const int LongestReason = 300;
    private const int MostPerFile = 10_000;

    // So many bytes of layout and signs may stand before the mark in its line.
    private const int MostBefore = 1000;

    private static readonly byte[] MarkBytes = Encoding.UTF8.GetBytes(Mark);
    private static readonly byte[] FileMark = "-file"u8.ToArray();

    // What ends a comment of several lines.
    private static readonly string[] Ends = ["*/", "*)", "-->", "-}", "|#", "#>", "]]", "=#", "%}"];

    /// <summary>Finds the comments of a file, in order; the first 10,000.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">Its tokens and snippets.</param>
    public static IReadOnlyList<IgnoreComment> Find(ReadOnlySpan<byte> text, ExtractedFile file)
    {
        var found = new List<IgnoreComment>();
        var (line, counted) = (1, 0);
        for (var at = Next(text, 0); at >= 0 && found.Count < MostPerFile; at = Next(text, at + MarkBytes.Length))
        {
            line += text[counted..at].Count((byte)'\n');
            counted = at;
            var next = file.Tokens.IndexAtOrAfter(at);
            var gap = next == 0 ? 0 : End(file.Tokens, next - 1);
            var after = text[(at + MarkBytes.Length)..];
            var isFile = after.StartsWith(FileMark);
            after = isFile ? after[FileMark.Length..] : after;
            if (gap <= at && IsFirstWord(text[gap..at]) && (after.IsEmpty || after[0] is (byte)':' || after[0] <= ' '))
            {
                var (start, end) = isFile ? (0, int.MaxValue) : Code(text, file, at, next);
                // Code may follow a comment on its line.
                var (from, code) = (text.Length - after.Length, next < file.Tokens.Count ? file.Tokens.Starts[next] : text.Length);
                found.Add(new IgnoreComment(start, end, line, Reason(text[from..Math.Max(from, code)])));
            }
        }

        return found;
    }

    /// <summary>Documentation without the lines that are for XCoder; null if nothing is left.</summary>
    public static string? WithoutMarks(string? documentation) =>
        documentation?.Contains(Mark, StringComparison.Ordinal) != true ? documentation
        : string.Join('\n', documentation.Split('\n').Where(static line => !line.TrimStart().StartsWith(Mark, StringComparison.Ordinal)))
            .Trim() is { Length: > 0 } left ? left : null;

    private static int Next(ReadOnlySpan<byte> text, int from) => text[from..].IndexOf(MarkBytes) is var at and >= 0 ? from + at : -1;

    private static int End(TokenStream tokens, int token) => tokens.Starts[token] + tokens.Lengths[token];

    // Before the mark, its line of the comment has signs only. Bytes above 127 are letters.
    private static bool IsFirstWord(ReadOnlySpan<byte> gap)
    {
        var line = gap[(gap.LastIndexOf((byte)'\n') + 1)..];
        if (line.Length > MostBefore)
        {
            return false;
        }

        foreach (var value in line)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value > 127)
            {
                return false;
            }
        }

        return true;
    }

    private static string Reason(ReadOnlySpan<byte> after)
    {
        if (after.IsEmpty || after[0] != ':')
        {
            return "";
        }

        var end = after.IndexOfAny((byte)'\n', (byte)'\r');
        var line = Encoding.UTF8.GetString(end < 0 ? after[1..] : after[1..end]).Trim();
        for (var more = true; more;)
        {
            more = false;
            foreach (var sign in Ends.Where(sign => line.EndsWith(sign, StringComparison.Ordinal)))
            {
                (line, more) = (line[..^sign.Length].TrimEnd(), true);
            }
        }

        return !line.Any(char.IsLetterOrDigit) ? "" : line.Length <= LongestReason ? line
            : line[..(char.IsHighSurrogate(line[LongestReason - 1]) ? LongestReason - 1 : LongestReason)];
    }

    // On a line of its own a comment speaks of the snippet that begins on the next line of code, else of the innermost one around it. At
    // the end of a line it speaks of the snippet that begins or ends there, else of the innermost around it.
    private static (int Start, int End) Code(ReadOnlySpan<byte> text, ExtractedFile file, int at, int next)
    {
        var (tokens, snippets) = (file.Tokens, file.Snippets);
        var lineStart = text[..at].LastIndexOf((byte)'\n') + 1;
        var isTrailing = next > 0 && End(tokens, next - 1) > lineStart;
        ExtractedSnippet? around = null, first = null, last = null;
        var lastEnd = 0;
        var (from, to) = isTrailing ? (lineStart, at) : next < tokens.Count ? (tokens.Starts[next], LineEnd(text, tokens.Starts[next]))
            : (0, 0);
        foreach (var snippet in snippets)
        {
            var begin = snippet.TokenCount > 0 ? tokens.Starts[snippet.FirstToken] : snippet.Span.StartByte;
            if (snippet.Span.StartByte <= at && at < snippet.Span.EndByte)
            {
                around = snippet;
            }

            if (begin >= from && begin < to && first is null)
            {
                first = snippet;
            }

            // Behind its end there may be signs, as in '};' and '},'. Of several the last to end, of those the innermost, is meant.
            if (isTrailing && snippet.TokenCount > 0 && End(tokens, snippet.FirstToken + snippet.TokenCount - 1) is var end
                && end > lineStart && end <= at && end >= lastEnd)
            {
                (last, lastEnd) = (snippet, end);
            }
        }

        return (first ?? last ?? around) is { } chosen ? (chosen.Span.StartByte, chosen.Span.EndByte) : (0, 0);
    }

    private static int LineEnd(ReadOnlySpan<byte> text, int at) =>
        text[at..].IndexOf((byte)'\n') is var end and >= 0 ? at + end : text.Length;
}
