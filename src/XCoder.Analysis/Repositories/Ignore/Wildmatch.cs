namespace XCoder.Analysis.Repositories.Ignore;

/// <summary>
/// Git's pattern language over bytes, after wildmatch.c: <c>*</c>, <c>?</c>, <c>[…]</c>, <c>\</c> and <c>**</c>
/// between slashes. Differs from it in one place: a failed <c>**/</c> that ran out of text ends the whole match,
/// which keeps patterns of many <c>**/</c> from taking exponential time.
/// </summary>
internal readonly ref struct Wildmatch
{
    private readonly ReadOnlySpan<byte> _pattern;
    private readonly ReadOnlySpan<byte> _text;
    private readonly bool _slashIsSpecial;

    private Wildmatch(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text, bool slashIsSpecial)
    {
        _pattern = pattern;
        _text = text;
        _slashIsSpecial = slashIsSpecial;
    }

    private enum Outcome
    {
        Match,
        NoMatch,

        // The text ran out: no later start can match either.
        AbortAll,

        // A single star met a slash: only a double star before it may go on.
        AbortToDoubleStar,
    }

    /// <summary>Whether the whole text matches. With <paramref name="slashIsSpecial"/> only <c>**</c> matches a slash.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text, bool slashIsSpecial) =>
        new Wildmatch(pattern, text, slashIsSpecial).Run(0, 0) == Outcome.Match;

    private Outcome Run(int p, int t)
    {
        var start = p;
        for (; p < _pattern.Length; p++, t++)
        {
            var symbol = _pattern[p];
            if (t >= _text.Length && symbol != '*')
            {
                return Outcome.AbortAll;
            }

            switch (symbol)
            {
                case (byte)'?':
                    if (_slashIsSpecial && _text[t] == '/')
                    {
                        return Outcome.NoMatch;
                    }

                    break;
                case (byte)'[':
                    var (inside, end) = ByteClass.Match(_pattern, p, _text[t]);
                    if (end < 0)
                    {
                        return Outcome.AbortAll;
                    }

                    if (!inside || (_slashIsSpecial && _text[t] == '/'))
                    {
                        return Outcome.NoMatch;
                    }

                    p = end;
                    break;
                case (byte)'*':
                    if (Star(start, ref p, ref t) is { } outcome)
                    {
                        return outcome;
                    }

                    break;
                default:
                    if (symbol == '\\')
                    {
                        p++;
                    }

                    if (PatternAt(p) != _text[t])
                    {
                        return Outcome.NoMatch;
                    }

                    break;
            }
        }

        return t < _text.Length ? Outcome.NoMatch : Outcome.Match;
    }

    // Null where the star was passed over and the slash after it is the current symbol on both sides.
    private Outcome? Star(int start, ref int p, ref int t)
    {
        var first = p++;
        var crosses = !_slashIsSpecial;
        if (PatternAt(p) == '*')
        {
            while (PatternAt(p) == '*')
            {
                p++;
            }

            var bounded = (first == start || _pattern[first - 1] == '/')
                && (p >= _pattern.Length || _pattern[p] == '/' || (_pattern[p] == '\\' && PatternAt(p + 1) == '/'));
            if (_slashIsSpecial && bounded)
            {
                if (PatternAt(p) == '/' && Run(p + 1, t) is (Outcome.Match or Outcome.AbortAll) and var nothing)
                {
                    return nothing;
                }

                crosses = true;
            }
        }

        var slash = t < _text.Length ? _text[t..].IndexOf((byte)'/') : -1;
        if (p >= _pattern.Length)
        {
            return crosses || slash < 0 ? Outcome.Match : Outcome.AbortToDoubleStar;
        }

        if (!crosses && _pattern[p] == '/')
        {
            if (slash < 0)
            {
                return Outcome.AbortAll;
            }

            t += slash;
            return null;
        }

        return Tail(p, t, crosses);
    }

    private Outcome Tail(int p, int t, bool crosses)
    {
        var literal = _pattern[p] is not ((byte)'*' or (byte)'?' or (byte)'[' or (byte)'\\');
        for (; t < _text.Length; t++)
        {
            if (literal)
            {
                var rest = _text[t..];
                var next = crosses ? rest.IndexOf(_pattern[p]) : rest.IndexOfAny(_pattern[p], (byte)'/');
                if (next < 0)
                {
                    return crosses ? Outcome.AbortAll : Outcome.AbortToDoubleStar;
                }

                t += next;
                if (_text[t] != _pattern[p])
                {
                    return Outcome.AbortToDoubleStar;
                }
            }

            var outcome = Run(p, t);
            if (outcome != Outcome.NoMatch && !(crosses && outcome == Outcome.AbortToDoubleStar))
            {
                return outcome;
            }

            if (!crosses && _text[t] == '/')
            {
                return Outcome.AbortToDoubleStar;
            }
        }

        return Outcome.AbortAll;
    }

    private byte PatternAt(int index) => index < _pattern.Length ? _pattern[index] : (byte)0;
}

/// <summary>A bracket expression of an ignore pattern, for example <c>[!a-z[:digit:]]</c>.</summary>
internal static class ByteClass
{
    /// <summary>
    /// Whether the expression that starts at <paramref name="open"/> holds <paramref name="value"/>, and where its
    /// closing bracket stands; that is -1 where the expression is malformed and matches nothing.
    /// </summary>
    public static (bool Inside, int End) Match(ReadOnlySpan<byte> pattern, int open, byte value)
    {
        var p = open + 1;
        var negated = At(pattern, p) is (byte)'!' or (byte)'^';
        if (negated)
        {
            p++;
        }

        var (inside, previous) = (false, (byte)0);
        for (var first = true; first || At(pattern, p) != ']'; first = false, p++)
        {
            var symbol = At(pattern, p);
            if (symbol == 0)
            {
                return (false, -1);
            }

            if (symbol == '-' && previous != 0 && At(pattern, p + 1) is not (0 or (byte)']'))
            {
                p += At(pattern, p + 1) == '\\' ? 2 : 1;
                if (At(pattern, p) == 0)
                {
                    return (false, -1);
                }

                inside |= value >= previous && value <= pattern[p];
                previous = 0;
                continue;
            }

            if (symbol == '[' && At(pattern, p + 1) == ':')
            {
                var length = pattern[(p + 2)..].IndexOf((byte)']');
                if (length < 0)
                {
                    return (false, -1);
                }

                if (length > 0 && pattern[p + 1 + length] == ':')
                {
                    if (Named(pattern.Slice(p + 2, length - 1), value) is not { } member)
                    {
                        return (false, -1);
                    }

                    inside |= member;
                    previous = 0;
                    p += length + 2;
                    continue;
                }
            }
            else if (symbol == '\\')
            {
                symbol = At(pattern, ++p);
                if (symbol == 0)
                {
                    return (false, -1);
                }
            }

            inside |= value == symbol;
            previous = symbol;
        }

        return (inside != negated, p);
    }

    private static bool? Named(ReadOnlySpan<byte> name, byte value)
    {
        var symbol = (char)value;
        return System.Text.Encoding.ASCII.GetString(name) switch
        {
            "alnum" => char.IsAsciiLetterOrDigit(symbol),
            "alpha" => char.IsAsciiLetter(symbol),
            "blank" => symbol is ' ' or '\t',
            "cntrl" => symbol is < ' ' or '\x7F',
            "digit" => char.IsAsciiDigit(symbol),
            "graph" => symbol is > ' ' and < '\x7F',
            "lower" => char.IsAsciiLetterLower(symbol),
            "print" => symbol is >= ' ' and < '\x7F',
            "punct" => symbol is > ' ' and < '\x7F' && !char.IsAsciiLetterOrDigit(symbol),
            "space" => symbol is ' ' or '\t' or '\n' or '\r',
            "upper" => char.IsAsciiLetterUpper(symbol),
            "xdigit" => char.IsAsciiHexDigit(symbol),
            _ => null,
        };
    }

    private static byte At(ReadOnlySpan<byte> pattern, int index) => index < pattern.Length ? pattern[index] : (byte)0;
}
