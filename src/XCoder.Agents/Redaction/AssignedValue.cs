namespace XCoder.Agents.Redaction;

/// <summary>How a value stands behind a name.</summary>
internal enum ValueForm
{
    /// <summary>Between quotes, or between the tags of an element.</summary>
    Quoted,

    /// <summary>As a word behind an assignment without spaces, as in shells and connection strings: <c>NAME=v</c>.</summary>
    Bare,

    /// <summary>As a word in running text: <c>name: v</c>, <c>--name v</c>.</summary>
    Loose,
}

/// <summary>
/// Finds the literal value behind a name in any language: <c>name = "v"</c>, <c>"name": 'v'</c>, <c>\"name\": \"v\"</c>,
/// <c>name("v")</c>, <c>NAME=v</c>, <c>env("NAME") ?? "v"</c>, <c>#define NAME "v"</c>, <c>&lt;name>v&lt;/name></c>,
/// <c>key="name" value="v"</c>, and before it: <c>"v" == name</c>.
/// </summary>
internal static class AssignedValue
{
    private const int LongestGap = 64;
    private const int LongestValue = 256;

    private static readonly string[] Attributes = ["value", "content", "default", "val"];
    private static readonly string[] Fallbacks = ["or ", "||", "??", "?:", "//"];

    /// <summary>Finds the value behind a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nameStart">Index of the name.</param>
    /// <param name="nameEnd">Index after the name.</param>
    /// <param name="form">How the value stands there.</param>
    /// <returns>The range of the value without quotes; an empty range when there is none.</returns>
    public static (int Start, int End) Find(string text, int nameStart, int nameEnd, out ValueForm form)
    {
        form = ValueForm.Quoted;
        var limit = Math.Min(text.Length, nameEnd + LongestGap);
        var isOption = text.AsSpan(nameStart).StartsWith("--");
        if (Default(text, nameStart, nameEnd) is { End: > 0 } value)
        {
            return value;
        }

        var at = SkipName(text, nameEnd, limit);
        if (Attribute(text, at, limit) is var attribute and > 0)
        {
            return Quoted(text, attribute, limit);
        }

        if (at < limit && text[at] is ')' or '}')
        {
            return Quoted(text, SkipFallback(text, at, limit), limit);
        }

        var operation = at;
        at = SkipOperator(text, at, limit);
        if (at == operation)
        {
            if (at > nameEnd && (isOption || IsDefinition(text, nameEnd)) && Quoted(text, at, limit) is { End: > 0 } defined)
            {
                return defined;
            }

            const string Is = " is ";
            form = ValueForm.Loose;
            at = isOption ? at : text.AsSpan(nameEnd).StartsWith(Is, StringComparison.Ordinal) ? nameEnd + Is.Length : limit;
            return at > nameEnd && at < limit && IsOfBare(text[at]) ? Bare(text, at) : default;
        }

        if (text[at - 1] == '=' && at - operation == 1 && operation == nameEnd && at < text.Length && IsOfBare(text[at]))
        {
            form = ValueForm.Bare;
            return Bare(text, at);
        }

        var isHeader = text[at - 1] == ':' && text.AsSpan(nameStart).StartsWith("X-", StringComparison.OrdinalIgnoreCase);
        var quote = isHeader ? at : SkipCalls(text, at, limit);
        if (quote < limit && IsQuote(text, quote))
        {
            return Quoted(text, quote, limit);
        }

        if (operation < limit && text[operation] == '>' && at - operation == 1)
        {
            return Element(text, at);
        }

        form = ValueForm.Loose;
        at = SkipBlanks(text, at, limit);
        return at < limit && IsOfBare(text[at]) && text[at - 1] is ' ' or ':' ? Bare(text, at) : default;
    }

    /// <summary>Finds the value before a name with which it is compared: <c>"v" == name</c>, <c>"v".equals(name)</c>.</summary>
    public static (int Start, int End) Before(string text, int nameStart)
    {
        var at = nameStart;
        while (at > 0 && nameStart - at < 32
            && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '$' or '@' or '.' or '_' or '>' or '-'))
        {
            at--;
        }

        at = BackOverSpace(text, at);
        var compared = at;
        while (at > 0 && compared - at < 3 && text[at - 1] is '=' or '!')
        {
            at--;
        }

        if (compared - at < 2)
        {
            at = compared;
            string[] calls = [".equals(", ".equalsIgnoreCase(", ".Equals(", ".isEqualTo(", ".eql?("];
            if (Array.Find(calls, call => text.AsSpan(0, compared).EndsWith(call, StringComparison.Ordinal)) is not { } found)
            {
                return default;
            }

            at -= found.Length;
        }

        at = BackOverSpace(text, at);
        if (at == 0 || text[at - 1] is not ('"' or '\''))
        {
            return default;
        }

        var from = Math.Max(0, at - 1 - LongestValue);
        var start = text.AsSpan(from, at - 1 - from).LastIndexOfAny(text[at - 1], '\n');
        return start >= 0 && text[from + start] == text[at - 1] ? (from + start + 1, at - 1) : default;
    }

    // The default of a variable of a shell or of settings: ${NAME:-v}, ${NAME:v}.
    private static (int Start, int End) Default(string text, int nameStart, int nameEnd)
    {
        if (nameStart < 2 || text[nameStart - 1] != '{' || text[nameStart - 2] != '$' || nameEnd >= text.Length || text[nameEnd] != ':')
        {
            return default;
        }

        var start = nameEnd + 1;
        start += start < text.Length && text[start] is '-' or '=' ? 1 : 0;
        var length = text.AsSpan(start, Math.Min(LongestValue, text.Length - start)).IndexOfAny('}', '\n');
        return length > 0 && text[start + length] == '}' ? (start, start + length) : default;
    }

    // Skips the quote or bracket that closes the name, and the brackets of an array type.
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

    // The index of the value of an attribute behind one that names it: key="password" value="v". Else 0.
    private static int Attribute(string text, int at, int limit)
    {
        at += at < limit && text[at] == ',' ? 1 : 0;
        at = SkipSpace(text, at, limit);
        foreach (var name in Attributes)
        {
            if (text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                var after = at + name.Length;
                while (after < limit && text[after] is '"' or '\'' or '\\')
                {
                    after++;
                }

                after = SkipSpace(text, after, limit);
                if (after < limit && text[after] is '=' or ':')
                {
                    return SkipSpace(text, after + 1, limit);
                }
            }
        }

        return 0;
    }

    // Skips what gives a default behind a call: ) ?? "v", ) or "v", ).unwrap_or("v"), ) { "v" }. Returns the limit where nothing does.
    private static int SkipFallback(string text, int at, int limit)
    {
        while (at < limit && text[at] is ')' or ']' or '}' or '!')
        {
            at++;
        }

        at = SkipSpace(text, at, limit);
        foreach (var word in Fallbacks)
        {
            if (text.AsSpan(at).StartsWith(word, StringComparison.Ordinal))
            {
                return SkipCalls(text, at + word.Length, limit);
            }
        }

        if (at < limit && text[at] == '{')
        {
            return SkipSpace(text, at + 1, limit);
        }

        if (at >= limit || text[at] != '.')
        {
            return limit;
        }

        var start = ++at;
        while (at < limit && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            at++;
        }

        var call = text.AsSpan(start, at - start);
        if (!call.Contains("or", StringComparison.OrdinalIgnoreCase) && !call.Contains("default", StringComparison.OrdinalIgnoreCase)
            && !call.Contains("else", StringComparison.OrdinalIgnoreCase))
        {
            return limit;
        }

        while (at < limit && text[at] is '(' or '|' or '_' or ' ' or '{' or '-' or '>' or '=' or ')')
        {
            at++;
        }

        return SkipCalls(text, at, limit);
    }

    // Whether a line such as #define NAME "v" or set NAME "v" ends here with its name.
    private static bool IsDefinition(string text, int nameEnd)
    {
        var start = Math.Max(0, nameEnd - LongestGap - 16);
        var line = text.AsSpan(start, nameEnd - start);
        line = line[(line.LastIndexOf('\n') + 1)..].TrimStart();
        line = line.StartsWith("#") ? line[1..].TrimStart() : line;
        return line.StartsWith("define ") || line.StartsWith("set ") || line.StartsWith("set(")
            || line.StartsWith("ENV ") || line.StartsWith("ARG ")
            || line.EndsWith(" PASSWORD") || line.EndsWith(" IDENTIFIED BY");
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
        // A type annotation: name: Type = "v".
        if (at > start && text[at - 1] == ':' && at - start == 1)
        {
            at = SkipSpace(text, at, limit);
            while (at < limit
                && (char.IsAsciiLetterOrDigit(text[at])
                    || text[at] is '&' or '\'' or '.' or '_' or '<' or '>' or '?' or ' ' or '*' or '[' or ']'))
            {
                at++;
            }

            return at < limit && text[at] == '=' ? at + 1 : after;
        }

        return at;
    }

    // Skips prefixes and calls before a quote: b"v", String::from("v"), ("v", new SecretString("v").
    private static int SkipCalls(string text, int at, int limit)
    {
        at = SkipSpace(text, at, limit);
        while (at < limit
            && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' or ':' or '_' or '(' or '@' or '$' or '&' or ' ' or '['))
        {
            at++;
        }

        return at;
    }

    private static bool IsQuote(string text, int at)
    {
        while (at < text.Length && text[at] == '\\')
        {
            at++;
        }

        return at < text.Length && text[at] is '"' or '\'' or '`';
    }

    // A quote may be escaped, in JSON within a string: it then ends at the next backslash.
    private static (int Start, int End) Quoted(string text, int at, int limit)
    {
        var isEscaped = at < limit && text[at] == '\\';
        while (at < limit && text[at] == '\\')
        {
            at++;
        }

        if (at >= limit || text[at] is not ('"' or '\'' or '`'))
        {
            return default;
        }

        var quote = text[at++];
        var end = text.AsSpan(at, Math.Min(LongestValue, text.Length - at)).IndexOfAny(isEscaped ? '\\' : quote, '\n');
        return end > 0 && text[at + end] != '\n' ? (at, at + end) : default;
    }

    // The text of an element: <password>v</password>, perhaps in CDATA.
    private static (int Start, int End) Element(string text, int at)
    {
        const string Raw = "<![CDATA[";
        at += text.AsSpan(at).StartsWith(Raw, StringComparison.Ordinal) ? Raw.Length : 0;
        var end = text.AsSpan(at, Math.Min(LongestValue, text.Length - at)).IndexOfAny('<', '\n', ']');
        return end > 0 && text[at + end] != '\n' ? (at, at + end) : default;
    }

    private static int SkipSpace(string text, int at, int limit)
    {
        while (at < limit && text[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return at;
    }

    private static int SkipBlanks(string text, int at, int limit)
    {
        while (at < limit && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private static int BackOverSpace(string text, int at)
    {
        while (at > 0 && text[at - 1] is ' ' or '\t')
        {
            at--;
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

    private static bool IsOfBare(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or '/' or '=' or '.' or '~' or '!' or '@' or '#' or '%' or '^' or '*' or ':'
            or '$';
}
