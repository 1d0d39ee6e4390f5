using System.Text;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>Reads backwards from a definition: decorators that stand before it, and the comments that document it.</summary>
internal readonly ref struct LeadingText(ReadOnlySpan<byte> text, Language language, TreeReading reading, ReadOnlySpan<WalkEvent> events)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<WalkEvent> _events = events;

    /// <summary>Adds the documentation comments to <paramref name="comments"/>, in source order.</summary>
    /// <returns>First byte of the definition with its decorators; also written to it.</returns>
    public int Read(Definition definition, List<string> comments)
    {
        var start = definition.Start;
        var edge = start;
        var at = definition.Event - 1;
        var floor = definition.Parent?.Start ?? 0; // broken code has annotations that reach across definitions
        while (at >= 0)
        {
            ref readonly var item = ref _events[at];
            if (item.Node != uint.MaxValue && item.End > start)
            {
                at--; // a wrapper or scope around the definition
                continue;
            }

            if ((int)item.Start >= start)
            {
                at--; // inside the widened definition
                continue;
            }

            if (!IsAdjacent((int)Math.Min(item.End, (uint)edge), edge))
            {
                break;
            }

            var decorator = DecoratorAt((int)item.Start);
            if (decorator >= 0)
            {
                var (from, to, index) = reading.Decorators[decorator];
                if (from < floor)
                {
                    break;
                }

                edge = from;
                at = Math.Min(at, index) - 1;
                if (language.DocumentationPrefixes.Count > 0 && IsDocumentation(_text[from..to]))
                {
                    comments.Insert(0, Encoding.UTF8.GetString(_text[from..to]));
                }
                else
                {
                    start = from;
                }

                continue;
            }

            var isString = item.Class == SymbolClass.String && language.DocumentationPrefixes.Contains("\"");
            if ((item.Class != SymbolClass.Comment && !isString) || !StandsAlone((int)item.Start))
            {
                break;
            }

            var comment = _text[(int)item.Start..(int)Math.Min(item.End, (uint)_text.Length)];
            if (!isString && !IsDocumentation(comment))
            {
                // An ordinary comment between documentation and definition does not part them.
                if (language.DocumentationPrefixes.Count == 0 || comments.Count > 0)
                {
                    break;
                }
            }
            else
            {
                comments.Insert(0, Encoding.UTF8.GetString(comment));
            }

            edge = (int)item.Start;
            at--;
        }

        definition.Start = start;
        return start;
    }

    private bool IsAdjacent(int end, int edge)
    {
        var gap = _text[end..edge];
        return gap.IndexOfAnyExcept(" \t\r\n"u8) < 0 && gap.Count((byte)'\n') <= (end > 0 && _text[end - 1] == '\n' ? 0 : 1);
    }

    private bool StandsAlone(int start)
    {
        var line = _text[..start].LastIndexOf((byte)'\n') + 1;
        return _text[line..start].IndexOfAnyExcept(" \t\r"u8) < 0;
    }

    private bool IsDocumentation(ReadOnlySpan<byte> comment)
    {
        if (language.DocumentationPrefixes.Count == 0)
        {
            return !comment.StartsWith("#!"u8);
        }

        foreach (var prefix in language.DocumentationPrefixes)
        {
            if (comment.StartsWith(Encoding.UTF8.GetBytes(prefix)) && !comment.StartsWith("/**/"u8) && !comment.StartsWith("////"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Index of the outermost decorator that covers <paramref name="offset"/>, or -1.</summary>
    private int DecoratorAt(int offset)
    {
        var found = -1;
        var last = reading.LastDecoratorAtOrBefore(offset);
        for (var i = last; i >= 0 && i > last - 8; i--)
        {
            if (reading.Decorators[i].Start <= offset && offset < reading.Decorators[i].End)
            {
                found = i;
            }
        }

        return found;
    }
}
