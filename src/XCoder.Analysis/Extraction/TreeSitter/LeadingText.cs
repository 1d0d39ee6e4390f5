using System.Text;
using System.Text.RegularExpressions;
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

/// <summary>Turns comments and documentation strings into the text they say.</summary>
internal static partial class DocumentationComment
{
    // Longest first: "/**" before "/*", "///" before "//".
    private static readonly string[] Openings = ["/**", "/*!", "/*", "{-|", "{- |", "{-", "(**", "(*", "<#", "--[[", "\"\"\"", "'''"];
    private static readonly string[] Closings = ["**/", "*/", "-}", "*)", "#>", "]]", "\"\"\"", "'''"];
    private static readonly string[] LineSigns = ["///", "//!", "//", "---", "-- |", "-- ^", "--", "#'", "##", "#:", "#", ";;", ";", "%"];

    /// <summary>Text of comments that follow one another, signs and common indentation removed; null if nothing is left.</summary>
    public static string? Clean(IEnumerable<string> comments)
    {
        var lines = new List<string>();
        foreach (var comment in comments)
        {
            var text = comment.Trim();
            if (text.StartsWith('@'))
            {
                // An attribute documents by the string it holds (@doc """…"""), not by other values (@doc false).
                text = Attribute().Match(text) is { Success: true } attribute ? text[attribute.Length..] : "";
            }

            AddLines(Unquote(text), lines);
        }

        return Join(lines);
    }

    [GeneratedRegex("""^@\w+[\s(]+(?=(~?\w)?["'])""", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();

    /// <summary>A string literal with its prefix: <c>r"…"</c>, <c>~S'''…'''</c>.</summary>
    [GeneratedRegex("""^~?[A-Za-z]{0,3}(?<quote>"{3}|'{3}|"|')(?<text>.*)\k<quote>$""",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Literal();

    /// <summary>Takes off the prefix of a string literal, and its quotes where they are single ones.</summary>
    private static string Unquote(string text)
    {
        var literal = Literal().Match(text);
        var quote = literal.Groups["quote"];
        return !literal.Success ? text : quote.Length == 1 ? literal.Groups["text"].Value : text[quote.Index..];
    }

    private static void AddLines(string comment, List<string> lines)
    {
        var opening = Openings.FirstOrDefault(sign => comment.StartsWith(sign, StringComparison.Ordinal));
        if (opening is null)
        {
            foreach (var line in comment.Split('\n'))
            {
                var text = line.Trim();
                var sign = LineSigns.FirstOrDefault(sign => text.StartsWith(sign, StringComparison.Ordinal));
                text = sign is null ? text : text[sign.Length..].TrimStart(sign[^1]);
                lines.Add(text.StartsWith(' ') ? text[1..] : text);
            }

            return;
        }

        var body = comment[opening.Length..];
        var closing = Closings.FirstOrDefault(sign => body.EndsWith(sign, StringComparison.Ordinal));
        body = closing is null ? body : body[..^closing.Length];
        var inner = body.Split('\n');

        // A column of stars belongs to the comment, not to the text.
        var starred = opening.StartsWith('/') && inner.Skip(1).All(line => line.TrimStart() is "" or ['*', ..]);
        var indent = inner.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0).Min();
        for (var i = 0; i < inner.Length; i++)
        {
            var line = inner[i].TrimEnd();
            if (starred && i > 0)
            {
                line = line.TrimStart().TrimStart('*');
                line = line.StartsWith(' ') ? line[1..] : line;
            }
            else if (i > 0)
            {
                line = line.Length >= indent ? line[indent..] : line.TrimStart();
            }
            else
            {
                line = line.TrimStart();
            }

            lines.Add(line);
        }
    }

    private static string? Join(List<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.SkipWhile(string.IsNullOrWhiteSpace))
        {
            // Rulers of one repeated sign say nothing.
            if (line.Length > 3 && line.Trim() is { Length: > 3 } trimmed && !trimmed.Any(char.IsLetterOrDigit))
            {
                continue;
            }

            text.Append(line.TrimEnd()).Append('\n');
        }

        var result = text.ToString().Trim('\n', ' ', '\t', '\r');
        return result.Any(char.IsLetterOrDigit) ? result : null;
    }
}
