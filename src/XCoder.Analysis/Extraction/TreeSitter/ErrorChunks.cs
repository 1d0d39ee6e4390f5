using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>Splits the parts of a file that a syntax error spoils at lines where a top-level definition may begin.</summary>
internal static class ErrorChunks
{
    // A file with more chunks is not source code. The last chunk then takes the rest of its region.
    private const int Most = 1000;

    /// <summary>Byte ranges to parse separately, ascending and disjoint; none if a second parse cannot help.</summary>
    public static List<(int Start, int End)> Find(ReadOnlySpan<byte> text, ReadOnlySpan<WalkEvent> events,
        IReadOnlyList<Definition> definitions)
    {
        var chunks = new List<(int, int)>();
        var (at, next) = (0, 0);
        foreach (var (start, end) in Regions(text.Length, events, definitions))
        {
            if (start < at)
            {
                continue;
            }

            at = end;
            var from = IsLineStart(text, start) ? start : -1;
            var before = chunks.Count;
            for (var line = NextLine(text, start); line < end && chunks.Count < Most; line = NextLine(text, line))
            {
                if (MayBegin(text, line) && !IsInside(text, events, line, ref next))
                {
                    if (from >= 0)
                    {
                        chunks.Add((from, line));
                    }

                    from = line;
                }
            }

            if (from > start || chunks.Count > before)
            {
                chunks.Add((from, end));
            }
        }

        return chunks;
    }

    /// <summary>Errors outside all definitions, and top-level snippets that contain errors.</summary>
    private static List<(int Start, int End)> Regions(int length, ReadOnlySpan<WalkEvent> events, IReadOnlyList<Definition> definitions)
    {
        var regions = new List<(int Start, int End)>();
        var tops = definitions.Where(definition => definition.Parent is null).ToList();
        var top = 0;
        foreach (ref readonly var item in events)
        {
            if (item.Class != SymbolClass.Error)
            {
                continue;
            }

            var (start, end) = ((int)item.Start, Math.Min((int)item.End, length));
            while (top < tops.Count && tops[top].End <= start)
            {
                top++;
            }

            if (start < end && (top == tops.Count || tops[top].Start > start || tops[top].End < end))
            {
                regions.Add((start, end));
            }
        }

        regions.AddRange(tops.Where(definition => definition.HasErrors && definition.IsSnippet)
            .Select(definition => (definition.Start, definition.End)));
        regions.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.End.CompareTo(left.End));
        return regions;
    }

    /// <summary>Whether an unindented line follows an empty one and does not close or continue something.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> text, int line)
    {
        var first = text[line];
        if (first is <= (byte)' ' or (byte)'}' or (byte)')' or (byte)']'
            || (first == '#' && line + 1 < text.Length && char.IsAsciiLetter((char)text[line + 1])))
        {
            return false;
        }

        var previous = text[..(line - 1)].LastIndexOf((byte)'\n') + 1;
        return text[previous..line].IndexOfAnyExcept(" \t\r\n"u8) < 0;
    }

    /// <summary>Whether <paramref name="offset"/> is inside a comment or string. Offsets must ascend from call to call.</summary>
    private static bool IsInside(ReadOnlySpan<byte> text, ReadOnlySpan<WalkEvent> events, int offset, ref int next)
    {
        while (next < events.Length && events[next].Start < offset)
        {
            ref readonly var item = ref events[next];

            // In some grammars, a comment includes the white space before it.
            if (item.Class is SymbolClass.Comment or SymbolClass.String && item.End > offset
                && text[(int)item.Start..offset].IndexOfAnyExcept(" \t\r\n"u8) >= 0)
            {
                return true;
            }

            next++;
        }

        return false;
    }

    private static bool IsLineStart(ReadOnlySpan<byte> text, int offset) => offset == 0 || text[offset - 1] == '\n';

    private static int NextLine(ReadOnlySpan<byte> text, int offset) =>
        text[offset..].IndexOf((byte)'\n') is var end and >= 0 ? offset + end + 1 : text.Length;
}
