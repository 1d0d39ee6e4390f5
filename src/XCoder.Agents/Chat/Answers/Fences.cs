namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Finds the blocks of code of a text in Markdown. Reads each line once: patterns for this cost the square of a hostile text.
/// </summary>
internal static class Fences
{
    private const int LeastMark = 3;

    /// <summary>All blocks that are closed.</summary>
    /// <param name="text">A text with <c>\n</c> or <c>\r\n</c> at the end of lines.</param>
    public static List<Fence> In(string text)
    {
        var result = new List<Fence>();
        var (at, open, indent, mark, first) = (0, -1, 0, "", 0);
        while (at < text.Length)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found : text.Length;
            var line = text.AsSpan(at, end - at);
            if (open < 0)
            {
                if (Opening(line) is >= 0 and var start)
                {
                    var blank = line[..start].Trim(" \t").Length == 0;
                    (open, indent, mark) = (at + (blank ? 0 : start), blank ? start : 0, MarkAt(line[start..]));
                    first = Math.Min(end + 1, text.Length);
                }
            }
            else if (line.TrimStart(" \t") is var rest && rest.StartsWith(mark) && rest.Trim(mark[0]).Trim().Length == 0)
            {
                var code = text[first..Math.Max(first, at - 1)];
                result.Add(new Fence(open, end - open, WithoutIndent(code, text.Substring(open, indent))));
                open = -1;
            }

            at = end + 1;
        }

        return result;
    }

    /// <summary>The code of a text that is one block of code and nothing else; null for any other.</summary>
    public static string? Whole(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("```", StringComparison.Ordinal) && In(trimmed) is [var only] && only.Length == trimmed.Length
            ? only.Code : null;
    }

    // Where a fence begins in a line: behind it stands no more than a name, so no sign of it.
    private static int Opening(ReadOnlySpan<char> line)
    {
        var start = line.IndexOf("```") is >= 0 and var ticks ? ticks : line.TrimStart(" \t").StartsWith("~~~") ? line.IndexOf('~') : -1;
        return start >= 0 && line[start..].TrimStart(line[start]).Contains('`') ? -1 : start;
    }

    private static string MarkAt(ReadOnlySpan<char> line) =>
        line[..Math.Max(LeastMark, line.Length - line.TrimStart(line[0]).Length)].ToString();

    // Without the indent of its fence, as in an item of a list.
    private static string WithoutIndent(string code, string indent) =>
        indent.Length > 0 && code.StartsWith(indent, StringComparison.Ordinal)
            ? code.Replace("\n" + indent, "\n", StringComparison.Ordinal)[indent.Length..] : code.TrimEnd('\r');
}

/// <summary>A block of code in a text.</summary>
/// <param name="Index">Where its opening line begins.</param>
/// <param name="Length">Its length, with both fences.</param>
/// <param name="Code">What stands between them.</param>
internal sealed record Fence(int Index, int Length, string Code);
