namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>
/// Splits a query file (<c>grammars/queries/ID.scm</c>) into its top-level patterns. Patterns that only give a symbol
/// its class become a table for the tree walk. Tree-sitter's query engine runs the others, and only on nodes of the
/// types that they begin with.
/// </summary>
public static class QueryFile
{
    /// <summary>Captures that give a symbol its class.</summary>
    public static readonly IReadOnlyList<string> ClassCaptures =
        ["identifier", "number", "string", "literal", "keyword", "punctuation", "folded", "joint", "comment", "wrapper", "import",
            "decorator", "interpolation", "continuation"];

    /// <summary>Captures of the node of a pattern that only names functions inside that node.</summary>
    private static readonly string[] NamingCaptures = ["@call", "@block", "@consumer", "@collection", "@field", "@binding", "@default"];

    /// <summary>Parses the patterns of <paramref name="text"/>.</summary>
    /// <exception cref="FormatException">
    /// A bracket or string is not closed, or a pattern does not begin with a node type.
    /// </exception>
    public static IReadOnlyList<QueryPattern> Parse(string text)
    {
        var patterns = new List<QueryPattern>();
        var at = 0;
        while (SkipBlank(text, ref at))
        {
            var start = at;
            SkipTerm(text, ref at);
            var captures = new List<string>();
            while (SkipBlank(text, ref at) && text[at] == '@')
            {
                var from = ++at;
                while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')' or ';' or '['))
                {
                    at++;
                }

                captures.Add(text[from..at]);
            }

            patterns.Add(Describe(text, start, at, captures));
        }

        return patterns;
    }

    private static QueryPattern Describe(string text, int start, int end, List<string> captures)
    {
        var body = text[start..end];
        var line = 1 + text.AsSpan(0, start).Count('\n');
        var roots = new List<(string, bool)>();
        var simple = true;
        var at = 0;
        Roots(body, ref at, roots, ref simple);
        if (roots.Count == 0)
        {
            throw new FormatException($"line {line}: the pattern does not begin with a node type.");
        }

        var isClass = simple && captures.Count == 1 && ClassCaptures.Contains(captures[0]);
        var isNaming = NamingCaptures.Any(capture => body.Split([' ', '\t', '\r', '\n', '(', ')', '[', ']']).Contains(capture));
        return new QueryPattern(body, roots, isClass ? captures[0] : null, line) { IsNaming = isNaming };
    }

    private static void Roots(string text, ref int at, List<(string, bool)> roots, ref bool simple)
    {
        SkipBlank(text, ref at);
        if (at >= text.Length)
        {
            return;
        }

        if (text[at] == '"')
        {
            var from = at + 1;
            SkipString(text, ref at);
            roots.Add((text[from..(at - 1)].Replace("\\\"", "\"").Replace("\\\\", "\\"), false));
        }
        else if (text[at] == '[')
        {
            at++;
            while (SkipBlank(text, ref at) && text[at] != ']')
            {
                if (text[at] == '@')
                {
                    simple = false;
                    SkipWord(text, ref at);
                    continue;
                }

                Roots(text, ref at, roots, ref simple);
            }

            at++;
        }
        else if (text[at] == '(')
        {
            var open = at++;
            SkipBlank(text, ref at);
            if (text[at] is '(' or '[' or '"')
            {
                simple = false;
                Roots(text, ref at, roots, ref simple);
            }
            else
            {
                var from = at;
                SkipWord(text, ref at);
                roots.Add((text[from..at], true));
                SkipBlank(text, ref at);
                simple &= text[at] == ')';
            }

            at = open;
            SkipTerm(text, ref at);
        }
        else
        {
            SkipWord(text, ref at);
        }
    }

    private static void SkipTerm(string text, ref int at)
    {
        var start = at;
        if (text[at] == '"')
        {
            SkipString(text, ref at);
            return;
        }

        var depth = 0;
        do
        {
            if (!SkipBlank(text, ref at))
            {
                throw new FormatException($"line {1 + text.AsSpan(0, start).Count('\n')}: the bracket is not closed.");
            }

            switch (text[at])
            {
                case '(' or '[':
                    depth++;
                    at++;
                    break;
                case ')' or ']':
                    depth--;
                    at++;
                    break;
                case '"':
                    SkipString(text, ref at);
                    break;
                default:
                    at++;
                    break;
            }
        }
        while (depth > 0);
    }

    private static void SkipWord(string text, ref int at)
    {
        at++;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')' or '[' or ']' or '"' or ';'))
        {
            at++;
        }
    }

    private static void SkipString(string text, ref int at)
    {
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
        }

        at = Math.Min(at + 1, text.Length);
    }

    private static bool SkipBlank(string text, ref int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text[at] == ';')
            {
                at = text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A top-level pattern of a query file.</summary>
/// <param name="Text">The pattern as written.</param>
/// <param name="Roots">Node types that the pattern can match, and whether each is a named node.</param>
/// <param name="Class">
/// The name of the capture if the pattern only gives a symbol its class (<c>(comment) @comment</c>); null for a
/// definition.
/// </param>
/// <param name="Line">Line on which the pattern starts, 1-based.</param>
public sealed record QueryPattern(string Text, IReadOnlyList<(string Type, bool Named)> Roots, string? Class, int Line)
{
    /// <summary>Whether the pattern only gives names to functions inside its node.</summary>
    internal bool IsNaming { get; init; }
}
