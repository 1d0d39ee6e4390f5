using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>Reads the brackets of a text and what stands between them, without a grammar.</summary>
internal static class Blocks
{
    private const int Brace = 2;

    // What joins a line with the one before or behind it.
    private static readonly string[] Joining = ["else", "catch", "finally", "while", "until", "elseif", "elsif", "where", "in", "as", "is"];

    /// <summary>
    /// The text with comments as spaces, and the insides of strings and literals as underscores: what is left are code
    /// and quotes. Positions do not change.
    /// </summary>
    public static byte[] Mask(byte[] bytes, ReadOnlySpan<WalkEvent> events)
    {
        byte[] masked = [.. bytes];
        foreach (ref readonly var item in events)
        {
            var (start, end) = ((int)item.Start, Math.Min((int)item.End, masked.Length));
            if (item.Class == SymbolClass.Comment)
            {
                foreach (ref var b in masked.AsSpan(start..end))
                {
                    b = b == '\n' ? b : (byte)' ';
                }
            }
            else if (item.Class is SymbolClass.String or SymbolClass.Literal && end > start)
            {
                // What has no quotes gets some, so that it looks like no word.
                masked[start] = IsQuote(masked[start]) ? masked[start] : (byte)'"';
                masked[end - 1] = IsQuote(masked[end - 1]) ? masked[end - 1] : (byte)'"';
                masked.AsSpan(start..end)[1..Math.Max(1, end - start - 1)].Fill((byte)'_');
            }
        }

        return masked;
    }

    /// <summary>Makes a text blank, but for its line ends.</summary>
    public static void Hide(Span<byte> text)
    {
        foreach (ref var b in text)
        {
            b = b is (byte)'\n' or (byte)'\r' ? b : (byte)' ';
        }
    }

    /// <summary>Whether each bracket in a range has its partner in it.</summary>
    public static bool AreBalanced(ReadOnlySpan<byte> masked, int start, int end)
    {
        Span<int> open = stackalloc int[3];
        foreach (var b in masked[start..end])
        {
            var (kind, step) = Bracket(b);
            if (step != 0 && (open[kind] += step) < 0)
            {
                return false;
            }
        }

        return open[0] == 0 && open[1] == 0 && open[2] == 0;
    }

    /// <summary>The outermost blocks in braces within a range: what stands between the braces.</summary>
    public static List<(int Start, int End)> Inner(ReadOnlySpan<byte> masked, int start, int end)
    {
        var blocks = new List<(int, int)>();
        var (depth, from) = (0, 0);
        for (var i = start; i < end; i++)
        {
            if (masked[i] == '{' && depth++ == 0)
            {
                from = i + 1;
            }
            else if (masked[i] == '}' && depth > 0 && --depth == 0)
            {
                blocks.Add((from, i));
            }
        }

        return blocks;
    }

    /// <summary>The items of a range: definitions, members, statements.</summary>
    public static List<(int Start, int End)> Items(ReadOnlySpan<byte> masked, int start, int end, ItemEnds ends)
    {
        var items = new List<(int Start, int End)>();
        var from = -1;
        Span<int> open = stackalloc int[3];
        for (var i = start; i < end; i++)
        {
            var b = masked[i];
            if (b <= ' ')
            {
                continue;
            }

            if (from < 0)
            {
                from = i;
            }

            var (kind, step) = Bracket(b);
            open[kind] = Math.Max(0, open[kind] + step);
            if (kind == Brace && step < 0 && open[Brace] == 0)
            {
                // Within a block, other brackets may have lost their partners.
                open.Clear();
            }

            if (open[0] == 0 && open[1] == 0 && open[Brace] == 0 && EndsAt(masked[..end], from, i, ends))
            {
                items.Add((from, i + 1));
                from = -1;
            }
        }

        if (from >= 0)
        {
            items.Add((from, end));
        }

        return items;
    }

    private static bool EndsAt(ReadOnlySpan<byte> masked, int from, int at, ItemEnds ends)
    {
        if (masked[at] == ';' || (masked[at] == 'd' && masked[from..(at + 1)].SequenceEqual("@end"u8)))
        {
            return true;
        }

        var rest = masked[(at + 1)..];
        var gap = rest.IndexOfAnyExcept(" \t\r\n"u8);
        gap = gap < 0 ? rest.Length : gap;
        var isLineEnd = gap == rest.Length || rest[..gap].Contains((byte)'\n');
        var isDirective = masked[from] == '#' && masked[at] != '\\';
        if (!isLineEnd || (masked[at] != '}' && ends == ItemEnds.Statements && !isDirective))
        {
            return false;
        }

        var next = rest[gap..];
        return isDirective || next.Length == 0
            || ((masked[at] == '}' || ",=+-*/<&|(:?.".AsSpan().IndexOf((char)masked[at]) < 0)
                && "{.?:=&|+-*/,)>]".AsSpan().IndexOf((char)next[0]) < 0 && !BeginsWithJoiningWord(next));
    }

    private static bool BeginsWithJoiningWord(ReadOnlySpan<byte> text)
    {
        foreach (var word in Joining)
        {
            if (text.Length > word.Length && !char.IsAsciiLetterOrDigit((char)text[word.Length]) && text[word.Length] != '_')
            {
                var i = 0;
                while (i < word.Length && text[i] == word[i])
                {
                    i++;
                }

                if (i == word.Length)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsQuote(byte b) => b is (byte)'"' or (byte)'\'' or (byte)'`';

    private static (int Kind, int Step) Bracket(byte b) => b switch
    {
        (byte)'(' => (0, 1),
        (byte)')' => (0, -1),
        (byte)'[' => (1, 1),
        (byte)']' => (1, -1),
        (byte)'{' => (Brace, 1),
        (byte)'}' => (Brace, -1),
        _ => (0, 0),
    };
}
