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
