namespace XCoder.Analysis.Repositories.Licences.Heads;

/// <summary>
/// The lines of a file in which comments, or documentation between three quotes, may stand. Any line that could hold one counts, for
/// they are only searched for signs; lines of nothing but code are most of a file.
/// </summary>
internal static class CommentLines
{
    // What comments begin with, before blanks are left out.
    private const string Beginnings = "/#*-;%'!\"{<(=|.@:\\\u235D";

    private static readonly (string Open, string Close)[] Blocks =
    [
        ("/*", "*/"), ("<!--", "-->"), ("\"\"\"", "\"\"\""), ("'''", "'''"), ("[[", "]]"), ("(*", "*)"), ("{-", "-}"), ("#if 0", "#endif"),
        ("#|", "|#"), ("<#", "#>"), ("%{", "%}"),
    ];

    /// <summary>Copies the lines, and says where each run of them stood; returns how many characters they are.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kept">Takes the lines; as long as the text.</param>
    /// <param name="runs">Takes where runs begin, in the copy and in the text.</param>
    public static int Collect(ReadOnlySpan<char> text, Span<char> kept, List<(int Kept, int Text)> runs)
    {
        var (length, next, close) = (0, -1, (string?)null);
        for (var at = 0; at < text.Length;)
        {
            var end = text[at..].IndexOf('\n') is >= 0 and var found ? at + found + 1 : text.Length;
            var line = text[at..end];
            if (close is not null || IsComment(line, line.TrimStart()))
            {
                if (at != next)
                {
                    runs.Add((length, at));
                }

                line.CopyTo(kept[length..]);
                (length, next) = (length + line.Length, end);
                close = close is null ? Opened(line) : line.IndexOf(close) < 0 ? close : null;
            }

            at = end;
        }

        return length;
    }

    private static bool IsComment(ReadOnlySpan<char> line, ReadOnlySpan<char> trimmed) => trimmed.Length > 0
        && (Beginnings.Contains(trimmed[0]) || line.Contains('#') || line.IndexOf("//") >= 0 || line.IndexOf("--") >= 0
            || line.IndexOf("/*") >= 0 || line.IndexOf("\"\"\"") >= 0 || line.IndexOf("; ") >= 0 || line.IndexOf("[[") >= 0
            || trimmed.StartsWith("dnl ") || trimmed.StartsWith("rem ", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("C  ")
            || trimmed.StartsWith("NB."));

    // What closes the comment that a line opens.
    private static string? Opened(ReadOnlySpan<char> line)
    {
        foreach (var (open, close) in Blocks)
        {
            if (line.IndexOf(open) is >= 0 and var at && line[(at + open.Length)..].IndexOf(close) < 0)
            {
                return close;
            }
        }

        // POD and Ruby's blocks, and Pascal's braces.
        return line is ['=', >= 'a' and <= 'z', ..] && !line.StartsWith("=cut") ? line.StartsWith("=begin") ? "=end" : "=cut"
            : line is ['{', ' ' or '*' or '\r' or '\n', ..] && line.IndexOf('}') < 0 ? "}" : null;
    }
}
