namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Finds where markup in code ends, which grammars read as comparisons: <c>&lt;p&gt;{name} of {count}&lt;/p&gt;</c> in Scala.
/// </summary>
internal static class MarkupLiteral
{
    /// <summary>
    /// One past the elements that begin at <paramref name="start"/>, blanks between them included; <paramref name="start"/> if the
    /// first one has no end.
    /// </summary>
    public static int End(ReadOnlySpan<byte> text, int start)
    {
        var (end, depth, at) = (start, 0, start);
        while (at < text.Length)
        {
            var rest = text[at..];
            if (rest[0] == '{' && depth > 0)
            {
                at += Braces(rest);
            }
            else if (rest[0] != '<')
            {
                if (depth == 0 && rest[0] > ' ')
                {
                    break;
                }

                at++;
            }
            else if (Special(rest) is var special and > 0)
            {
                at += special;
                end = depth == 0 ? at : end;
            }
            else if (Tag(rest) is var tag && (tag == 0 || (depth == 0 && rest[1] == '/')))
            {
                break;
            }
            else
            {
                at += tag;
                depth += rest[1] == '/' ? -1 : rest[tag - 2] == '/' ? 0 : 1;
                end = depth == 0 ? at : end;
            }
        }

        return end;
    }

    /// <summary>Length of a comment, a section of plain text, or an instruction; 0 if there is none.</summary>
    private static int Special(ReadOnlySpan<byte> text) =>
        text.StartsWith("<!--"u8) ? Through(text, "-->"u8)
        : text.StartsWith("<![CDATA["u8) ? Through(text, "]]>"u8)
        : text.StartsWith("<?"u8) ? Through(text, "?>"u8) : 0;

    private static int Through(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end) =>
        text.IndexOf(end) is var found and >= 0 ? found + end.Length : 0;

    /// <summary>Length of a tag; 0 if it does not end, or if what stands there is none.</summary>
    private static int Tag(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || !(char.IsAsciiLetter((char)text[1]) || text[1] is (byte)'/' or (byte)'_'))
        {
            return 0;
        }

        for (var at = 1; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'>':
                    return at + 1;
                case (byte)'<':
                    return 0;
                case (byte)'"' or (byte)'\'' when text[(at + 1)..].IndexOf(text[at]) is var quote:
                    at += quote < 0 ? text.Length : quote + 1;
                    break;
                case (byte)'{':
                    at += Braces(text[at..]) - 1;
                    break;
            }
        }

        return 0;
    }

    /// <summary>Length of code in braces; that of the whole text if they are not closed.</summary>
    private static int Braces(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] switch { (byte)'{' => 1, (byte)'}' => -1, _ => 0 };
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return text.Length;
    }
}
