namespace XCoder.Analysis.Repositories.Ignore;

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
