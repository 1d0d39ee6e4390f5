namespace XCoder.Agents.Redaction;

/// <summary>Finds the literal that a name is given, in whatever language: <c>name = "v"</c>, <c>"name": 'v'</c>, <c>name("v")</c>, <c>NAME=v</c>.</summary>
internal static class AssignedValue
{
    private const int LongestGap = 64;
    private const int LongestValue = 256;

    /// <summary>The value behind a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nameEnd">Behind the name.</param>
    /// <param name="isQuoted">Whether it stands between quotes.</param>
    /// <returns>Where it stands; an empty range where there is none.</returns>
    public static (int Start, int End) Find(string text, int nameEnd, out bool isQuoted)
    {
        isQuoted = false;
        var limit = Math.Min(text.Length, nameEnd + LongestGap);
        var at = SkipName(text, nameEnd, limit);
        var operation = at;
        at = SkipOperator(text, at, limit);
        if (at == operation)
        {
            return default;
        }

        if (text[at - 1] == '=' && at - operation == 1 && operation == nameEnd && at < text.Length && IsOfBare(text[at]))
        {
            return Bare(text, at);
        }

        at = SkipCalls(text, at, limit);
        if (at >= limit || text[at] is not ('"' or '\'' or '`'))
        {
            return operation < limit && text[operation] == '>' ? Bare(text, operation + 1) : default;
        }

        isQuoted = true;
        var end = text.AsSpan(at + 1, Math.Min(LongestValue, text.Length - at - 1)).IndexOfAny(text[at], '\n');
        return end > 0 && text[at + 1 + end] == text[at] ? (at + 1, at + 1 + end) : default;
    }

    // The quote and bracket that close a name, its type, its array's brackets.
    private static int SkipName(string text, int at, int limit)
    {
        while (at < limit && text[at] is '"' or '\'' or '`' or ']' or '\\')
        {
            at++;
        }

        at = SkipSpace(text, at, limit);
        if (at < limit && text[at] == '[')
        {
            at++;
            while (at < limit && char.IsAsciiLetterOrDigit(text[at]))
            {
                at++;
            }

            at = SkipSpace(text, at < limit && text[at] == ']' ? at + 1 : at, limit);
        }

        return at;
    }

    private static int SkipOperator(string text, int at, int limit)
    {
        if (at < limit && text[at] is ',' or '(' or '>')
        {
            return at + 1;
        }

        var start = at;
        while (at < limit && at - start < 3 && text[at] is '=' or ':' or '?' or '|' or '!' or '<' or '-' or '>')
        {
            at++;
        }

        var after = at;
        // name: Type = "v"
        if (at > start && text[at - 1] == ':' && at - start == 1)
        {
            at = SkipSpace(text, at, limit);
            while (at < limit && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '&' or '\'' or '.' or '_' or '<' or '>' or '?' or ' ' or '*' or '[' or ']'))
            {
                at++;
            }

            return at < limit && text[at] == '=' ? at + 1 : after;
        }

        return at;
    }

    // b"v", String::from("v"), ("v", new SecretString("v").
    private static int SkipCalls(string text, int at, int limit)
    {
        at = SkipSpace(text, at, limit);
        while (at < limit && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' or ':' or '_' or '(' or '@' or '$' or '&' or ' ' or '['))
        {
            at++;
        }

        return at;
    }

    private static int SkipSpace(string text, int at, int limit)
    {
        while (at < limit && text[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return at;
    }

    private static (int Start, int End) Bare(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LongestValue && IsOfBare(text[end]))
        {
            end++;
        }

        return (at, end);
    }

    private static bool IsOfBare(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or '/' or '=' or '.' or '~' or '!' or '@' or '#' or '%' or '^' or '*' or ':' or '$';
}
