namespace XCoder.Analysis.Text;

/// <summary>
/// Evaluates SPDX licence expressions: ids, WITH, AND, OR and parentheses (SPDX specification 2.3, annex D). AND binds
/// more tightly than OR.
/// </summary>
internal static class SpdxExpression
{
    private const string Unknown = "NOASSERTION";
    private const int MostTokens = 400;
    private const int Deepest = 64;

    /// <summary>
    /// Whether allowed licences alone can satisfy an expression: one alternative of each OR, and every operand of each
    /// AND.
    /// </summary>
    /// <param name="text">The SPDX expression.</param>
    /// <param name="isAllowed">Tells whether a licence is allowed. The second argument is its WITH exception, or null.</param>
    /// <returns>False also if the text is not a valid expression.</returns>
    public static bool Allows(string text, Func<string, string?, bool> isAllowed)
    {
        var tokens = Tokens(text);
        var at = 0;
        return tokens.Count <= MostTokens && Or(tokens, ref at, isAllowed, 0) == true && at == tokens.Count;
    }

    /// <summary>Whether the text is a valid expression.</summary>
    public static bool IsValid(string text) => Allows(text, static (_, _) => true);

    /// <summary>Whether the expression contains an OR, at any depth.</summary>
    public static bool HasAlternatives(string text) => Tokens(text).Contains("OR", StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether nothing says what the licence is: no text, or <c>NOASSERTION</c> in it.</summary>
    public static bool IsUnknown(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Contains(Unknown, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The expression of what is made from several sources: all of theirs hold. Null where one is unknown or no expression, or where
    /// there is none.
    /// </summary>
    public static string? Join(IEnumerable<string?> expressions)
    {
        var distinct = new List<string>();
        foreach (var expression in expressions)
        {
            if (IsUnknown(expression) || !IsValid(expression!))
            {
                return null;
            }

            if (!distinct.Contains(expression!, StringComparer.OrdinalIgnoreCase))
            {
                distinct.Add(expression!);
            }
        }

        distinct.Sort(StringComparer.Ordinal);
        return distinct.Count switch
        {
            0 => null,
            1 => distinct[0],
            _ => string.Join(" AND ", distinct.Select(expression => HasAlternatives(expression) ? $"({expression})" : expression)),
        };
    }

    private static List<string> Tokens(string text) =>
        [.. text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    // Null means a syntax error. Both operands are always parsed, even if the first decides, so that errors anywhere
    // are found.
    private static bool? Or(List<string> tokens, ref int at, Func<string, string?, bool> isAllowed, int depth)
    {
        var result = And(tokens, ref at, isAllowed, depth);
        while (result != null && Is(tokens, at, "OR"))
        {
            at++;
            result = And(tokens, ref at, isAllowed, depth) is { } next ? result | next : null;
        }

        return result;
    }

    private static bool? And(List<string> tokens, ref int at, Func<string, string?, bool> isAllowed, int depth)
    {
        var result = Licence(tokens, ref at, isAllowed, depth);
        while (result != null && Is(tokens, at, "AND"))
        {
            at++;
            result = Licence(tokens, ref at, isAllowed, depth) is { } next ? result & next : null;
        }

        return result;
    }

    private static bool? Licence(List<string> tokens, ref int at, Func<string, string?, bool> isAllowed, int depth)
    {
        if (Is(tokens, at, "(") && depth < Deepest)
        {
            at++;
            var inner = Or(tokens, ref at, isAllowed, depth + 1);
            return inner != null && Is(tokens, at++, ")") ? inner : null;
        }

        if (at >= tokens.Count || !IsId(tokens[at]))
        {
            return null;
        }

        var id = tokens[at++];
        if (!Is(tokens, at, "WITH"))
        {
            return isAllowed(id, null);
        }

        at++;
        return at < tokens.Count && IsId(tokens[at]) ? isAllowed(id, tokens[at++]) : null;
    }

    private static bool Is(List<string> tokens, int at, string token) =>
        at < tokens.Count && tokens[at].Equals(token, StringComparison.OrdinalIgnoreCase);

    private static bool IsId(string token) =>
        token.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or ':')
            && !token.Equals("AND", StringComparison.OrdinalIgnoreCase)
        && !token.Equals("OR", StringComparison.OrdinalIgnoreCase) && !token.Equals("WITH", StringComparison.OrdinalIgnoreCase);
}
