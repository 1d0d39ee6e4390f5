using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// Reads values as the programs in <c>grammars/calls</c> print them: like JSON, with <c>S[…]</c> for sets, <c>M[[k,v],…]</c> for maps,
/// <c>'97</c> for characters and <c>O[v,true]</c> for a value and whether there is one.
/// </summary>
internal ref struct ResultParser(ReadOnlySpan<char> text)
{
    private const int MostDepth = 64, Stray = 0xDC00;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>
    /// Parses a value: null, bool, BigInteger, double, string, <see cref="ParsedCode"/>, <see cref="ParsedList"/>,
    /// <see cref="ParsedMap"/> or <see cref="ParsedOptional"/>.
    /// </summary>
    /// <returns>Whether the whole text is one value.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out object? value)
    {
        var reader = new ResultParser(text.Trim());
        return reader.Read(0, out value) && reader._at == reader._text.Length;
    }

    private bool Read(int depth, out object? value)
    {
        value = null;
        if (_at >= _text.Length || depth > MostDepth)
        {
            return false;
        }

        switch (_text[_at])
        {
            case '"':
                return Text(out value);
            case '[':
                value = Items(depth) is { } list ? new ParsedList(list, false) : null;
                return value is not null;
            case 'S' when Next('['):
                _at++;
                value = Items(depth) is { } set ? new ParsedList(set, true) : null;
                return value is not null;
            case 'M' when Next('['):
                _at++;
                value = Items(depth) is { } pairs && pairs.TrueForAll(pair => pair is ParsedList { Items.Count: 2 }) ? new ParsedMap(pairs)
                    : null;
                return value is not null;
            case 'O' when Next('['):
                _at++;
                value = Items(depth) is [var some, bool isThere] ? new ParsedOptional(some, isThere) : null;
                return value is not null;
            case '\'':
                _at++;
                value = long.TryParse(Word(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
                    ? new ParsedCode(code) : null;
                return value is not null;
            default:
                return Plain(Word(), out value);
        }
    }

    private static bool Plain(ReadOnlySpan<char> word, out object? value)
    {
        value = word switch
        {
            "true" => true,
            "false" => false,
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => word.IndexOfAny(".eE") < 0
                && BigInteger.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
                : double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null,
        };
        return value is not null || word is "null";
    }

    private readonly bool Next(char c) => _at + 1 < _text.Length && _text[_at + 1] == c;

    private ReadOnlySpan<char> Word()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or ']'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private List<object?>? Items(int depth)
    {
        var items = new List<object?>();
        for (_at++; _at < _text.Length && _text[_at] != ']';)
        {
            if (!Read(depth + 1, out var item))
            {
                return null;
            }

            items.Add(item);
            if (_at < _text.Length && _text[_at] == ',')
            {
                _at++;
            }
        }

        return _at++ < _text.Length ? items : null;
    }

    // \uXXXX is one UTF-16 unit; a run of \xXX is a sequence of UTF-8 bytes.
    private bool Text(out object? value)
    {
        var (result, bytes) = (new StringBuilder(), new List<byte>());
        for (_at++; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c == '\\' && Next('x') && _at + 3 < _text.Length
                && byte.TryParse(_text.Slice(_at + 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var one))
            {
                bytes.Add(one);
                _at += 3;
                continue;
            }

            Append(result, bytes);
            bytes.Clear();
            if (c == '"')
            {
                _at++;
                value = result.ToString();
                return true;
            }

            if (c == '\\' && Next('u') && _at + 5 < _text.Length
                && ushort.TryParse(_text.Slice(_at + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit))
            {
                result.Append((char)unit);
                _at += 5;
            }
            else if (c == '\\' && _at + 1 < _text.Length)
            {
                result.Append(_text[++_at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            }
            else
            {
                result.Append(c);
            }
        }

        value = null;
        return false;
    }

    // A byte b that is not part of a character becomes the lone surrogate U+DC00 + b, so that different bytes stay different.
    private static void Append(StringBuilder result, List<byte> bytes)
    {
        for (ReadOnlySpan<byte> left = [.. bytes]; left.Length > 0;)
        {
            if (Rune.DecodeFromUtf8(left, out var rune, out var length) == OperationStatus.Done)
            {
                result.Append(rune.ToString());
                left = left[length..];
            }
            else
            {
                result.Append((char)(Stray + left[0]));
                left = left[1..];
            }
        }
    }
}

/// <summary>A character that a program printed; it compares equal to its numeric code.</summary>
/// <param name="Value">The character's code.</param>
internal sealed record ParsedCode(long Value);

/// <summary>A list or set that a program printed.</summary>
/// <param name="Items">The items in the order printed.</param>
/// <param name="IsSet">Whether the order means nothing.</param>
internal sealed record ParsedList(IReadOnlyList<object?> Items, bool IsSet);

/// <summary>A map that a program printed.</summary>
/// <param name="Pairs">One <see cref="ParsedList"/> of key and value for each entry.</param>
internal sealed record ParsedMap(IReadOnlyList<object?> Pairs);

/// <summary>A value and whether there is one, which may also be meant as a pair of results.</summary>
/// <param name="Value">The value; means nothing if there is none.</param>
/// <param name="IsThere">Whether there is a value.</param>
internal sealed record ParsedOptional(object? Value, bool IsThere)
{
    /// <summary>The value, or null if there is none.</summary>
    public object? Plain => IsThere ? Value : null;
}
