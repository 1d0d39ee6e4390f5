using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Hides <c>#if</c>, <c>#else</c> and <c>#endif</c> from a parser that does not know them where they stand. All branches
/// stay where they are whole items; of branches that each open or close a bracket, the first one stays.
/// </summary>
internal static class ConditionalCode
{
    // Each group's text is read, so nesting multiplies the work.
    private const int MaxDepth = 50;

    /// <summary>Hides all directives of a text, and says where an alternative begins.</summary>
    public static void HideDirectives(ParsedText parsed)
    {
        if (parsed.Bytes.AsSpan().IndexOf("#if"u8) < 0)
        {
            return;
        }

        foreach (var group in Find(parsed.Bytes))
        {
            HideOne(parsed, group);
        }
    }

    /// <summary>Whether a text holds a conditional directive.</summary>
    public static bool HasDirective(ReadOnlySpan<byte> masked)
    {
        for (int at; (at = masked.IndexOf((byte)'#')) >= 0; masked = masked[(at + 1)..])
        {
            if (KindOf(masked[at..]) is not Kind.None)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A copy of a text in which only the number sign is left of each directive, of those that define or include, too.
    /// </summary>
    public static byte[] WithoutDirectives(ReadOnlySpan<byte> masked)
    {
        byte[] left = [.. masked];
        for (var line = 0; line < left.Length;)
        {
            var end = LineEnd(masked, line);
            var first = masked[line..end].IndexOfAnyExcept(" \t"u8);
            if (first >= 0 && masked[line + first] == '#')
            {
                Blocks.Hide(left.AsSpan((line + first + 1)..end));
            }

            line = end + 1;
        }

        return left;
    }

    /// <summary>The groups of directives that belong together, inner ones first.</summary>
    public static List<DirectiveGroup> Find(ReadOnlySpan<byte> masked)
    {
        var groups = new List<DirectiveGroup>();
        var open = new Stack<DirectiveGroup>();
        var tooDeep = 0;
        for (var line = 0; line < masked.Length;)
        {
            var end = LineEnd(masked, line);
            var first = masked[line..end].IndexOfAnyExcept(" \t"u8);
            var kind = first < 0 ? Kind.None : KindOf(masked[(line + first)..end]);
            if (kind == Kind.If && (tooDeep > 0 || open.Count == MaxDepth))
            {
                tooDeep++;
            }
            else if (kind == Kind.If)
            {
                open.Push(new DirectiveGroup());
            }

            if (kind == Kind.End && tooDeep > 0)
            {
                tooDeep--;
            }
            else if (kind != Kind.None && tooDeep == 0 && open.TryPeek(out var group))
            {
                group.Directives.Add((line + first, end));
                if (kind == Kind.End)
                {
                    groups.Add(open.Pop());
                }
            }

            line = end + 1;
        }

        return groups;
    }

    /// <summary>
    /// Hides directives that no grammar can know: those between which brackets are opened or closed. Where the grammar
    /// knows none, it hides all.
    /// </summary>
    /// <param name="parsed">The text to change.</param>
    /// <param name="masked">The text without comments and strings.</param>
    /// <param name="groups">The text's directives.</param>
    /// <param name="directives">What the language's grammar does with them.</param>
    /// <returns>The groups that are left.</returns>
    public static List<DirectiveGroup> HideUnknown(ParsedText parsed, byte[] masked, List<DirectiveGroup> groups,
        DirectiveReading directives)
    {
        var left = new List<DirectiveGroup>();
        foreach (var group in groups)
        {
            var isBalanced = group.Branches.All(branch => Blocks.AreBalanced(masked, branch.Start, branch.End));
            if (isBalanced && directives == DirectiveReading.Known)
            {
                left.Add(group);
                continue;
            }

            HideOne(parsed, group);
            if (!isBalanced)
            {
                HideAlternatives(parsed, masked, group);
            }
        }

        return left;
    }

    /// <summary>Hides the directives of a group; its branches stay.</summary>
    public static void HideOne(ParsedText parsed, DirectiveGroup group)
    {
        for (var i = 0; i < group.Directives.Count; i++)
        {
            var (start, end) = group.Directives[i];
            parsed.Replace(start, end, [], areKeywords: true);
            if (i > 0 && i < group.Directives.Count - 1)
            {
                parsed.Break(start);
            }
        }
    }

    /// <summary>Hides the branches of a group but the first, or the second if the first is never compiled.</summary>
    public static void HideAlternatives(ParsedText parsed, byte[] masked, DirectiveGroup group)
    {
        foreach (var (start, end) in group.Alternatives(masked))
        {
            parsed.Replace(start, end, [], areKeywords: false);
        }
    }

    /// <summary>Makes a range blank, but for the conditional directives in it.</summary>
    public static void HideBetween(Span<byte> text, ReadOnlySpan<byte> masked, int start, int end)
    {
        for (int line = start, next; line < end; line = next)
        {
            next = Math.Min(end, LineEnd(masked, line) + 1);
            if (KindOf(masked[line..next].TrimStart(" \t"u8)) == Kind.None)
            {
                Blocks.Hide(text[line..next]);
            }
        }
    }

    // A backslash continues a directive on the next line.
    private static int LineEnd(ReadOnlySpan<byte> text, int start)
    {
        for (var at = start; ;)
        {
            var length = text[at..].IndexOf((byte)'\n');
            var end = length < 0 ? text.Length : at + length;
            var isContinued = end > start && (text[end - 1] == '\\' || (end > start + 1 && text[end - 1] == '\r' && text[end - 2] == '\\'));
            if (length < 0 || !isContinued)
            {
                return end;
            }

            at = end + 1;
        }
    }

    private static Kind KindOf(ReadOnlySpan<byte> line)
    {
        if (line.Length == 0 || line[0] != '#')
        {
            return Kind.None;
        }

        var word = line[1..].TrimStart(" \t"u8);
        var end = word.IndexOfAnyExceptInRange((byte)'a', (byte)'z');
        word = end < 0 ? word : word[..end];
        return word.SequenceEqual("if"u8) || word.SequenceEqual("ifdef"u8) || word.SequenceEqual("ifndef"u8) ? Kind.If
            : word.SequenceEqual("else"u8) || word.SequenceEqual("elif"u8) || word.SequenceEqual("elseif"u8)
                || word.SequenceEqual("elifdef"u8) || word.SequenceEqual("elifndef"u8) ? Kind.Else
            : word.SequenceEqual("endif"u8) ? Kind.End : Kind.None;
    }

    private enum Kind
    {
        None,
        If,
        Else,
        End,
    }
}

/// <summary>An <c>#if</c> with its alternatives and its end.</summary>
internal sealed class DirectiveGroup
{
    /// <summary>The directives, without the line ends behind them.</summary>
    public List<(int Start, int End)> Directives { get; } = [];

    /// <summary>What stands between the directives.</summary>
    public List<(int Start, int End)> Branches =>
        [.. Directives.Skip(1).Select((directive, i) => (Directives[i].End, directive.Start))];

    /// <summary>The branches that are not read where only one can be.</summary>
    public IEnumerable<(int Start, int End)> Alternatives(byte[] masked)
    {
        var branches = Branches;
        var condition = masked.AsSpan(Directives[0].Start..Directives[0].End).TrimEnd(" \t\r"u8);
        var kept = branches.Count > 1 && condition.EndsWith(" 0"u8) ? 1 : 0;
        return branches.Where((_, i) => i != kept);
    }
}
