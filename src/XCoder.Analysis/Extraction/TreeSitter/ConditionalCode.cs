using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Hides <c>#if</c>, <c>#else</c> and <c>#endif</c> from a parser that does not know them where they stand. All branches
/// stay where they are whole items; of branches that each open or close a bracket, the first one stays.
/// </summary>
internal static class ConditionalCode
{
    /// <summary>Number of steps of <see cref="Hide"/>.</summary>
    public const int Steps = 3;

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

    /// <summary>Hides directives, more of them from step to step.</summary>
    /// <param name="parsed">The text to change.</param>
    /// <param name="masked">The text without comments and strings.</param>
    /// <param name="groups">The text's directives.</param>
    /// <param name="directives">What the language's grammar does with them.</param>
    /// <param name="step">0, 1 or 2.</param>
    /// <param name="last">The last reading: from step 1 on, directives without an error near them stay.</param>
    /// <returns>Whether anything was hidden.</returns>
    public static bool Hide(ParsedText parsed, byte[] masked, List<DirectiveGroup> groups, DirectiveReading directives, int step,
        Attempt last)
    {
        var any = false;
        var errors = step == 0 ? [] : Errors(last);
        foreach (var group in groups)
        {
            var isBalanced = group.Branches.All(branch => Blocks.AreBalanced(masked, branch.Start, branch.End));
            var isTouched = step > 0 && IsTouched(group, errors);
            if (step == 0 ? !isBalanced || directives != DirectiveReading.Known : isTouched && group.Step < step)
            {
                any = true;
                group.Step = step;
                HideOne(parsed, group);
                if (!isBalanced || step == 2)
                {
                    HideAlternatives(parsed, masked, group);
                }
            }
        }

        return any;
    }

    /// <summary>Errors of a reading and functions with errors, joined where they overlap, in order.</summary>
    private static List<(int Start, int End)> Errors(Attempt reading)
    {
        var joined = new List<(int Start, int End)>();
        foreach (var (start, end) in reading.Events.Where(item => item.Class == SymbolClass.Error)
            .Select(item => ((int)item.Start, (int)item.End)).Concat(reading.Reading.Definitions
                .Where(definition => definition.HasErrors && !definition.IsType && definition.IsSnippet)
                .Select(definition => (definition.Start, definition.End))).Order())
        {
            if (joined.Count > 0 && start <= joined[^1].End)
            {
                joined[^1] = (joined[^1].Start, Math.Max(end, joined[^1].End));
            }
            else
            {
                joined.Add((start, end));
            }
        }

        return joined;
    }

    private static bool IsTouched(DirectiveGroup group, List<(int Start, int End)> errors)
    {
        var (start, end) = (group.Directives[0].Start, group.Directives[^1].End);
        var at = errors.BinarySearch((start, int.MaxValue));
        at = at < 0 ? ~at : at;
        return (at > 0 && errors[at - 1].End > start) || (at < errors.Count && errors[at].Start < end);
    }

    private static void HideOne(ParsedText parsed, DirectiveGroup group)
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

    private static void HideAlternatives(ParsedText parsed, byte[] masked, DirectiveGroup group)
    {
        var branches = group.Branches;
        var condition = masked.AsSpan(group.Directives[0].Start..group.Directives[0].End).TrimEnd(" \t\r"u8);
        var kept = branches.Count > 1 && condition.EndsWith(" 0"u8) ? 1 : 0;
        for (var i = 0; i < branches.Count; i++)
        {
            if (i != kept)
            {
                parsed.Replace(branches[i].Start, branches[i].End, [], areKeywords: false);
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

    /// <summary>The step in which the group was hidden; -1 if it was not.</summary>
    public int Step { get; set; } = -1;

    /// <summary>What stands between the directives.</summary>
    public List<(int Start, int End)> Branches =>
        [.. Directives.Skip(1).Select((directive, i) => (Directives[i].End, directive.Start))];
}
