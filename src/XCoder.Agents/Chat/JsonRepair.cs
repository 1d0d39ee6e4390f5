using System.Text;

namespace XCoder.Agents.Chat;

/// <summary>
/// Reads almost-JSON and writes JSON: comments, trailing and missing commas, single and typographic quotes, raw line ends and
/// unescaped quotes in strings, names without quotes, Python's constants, missing closing brackets. One pass; it never throws.
/// </summary>
internal sealed class JsonRepair
{
    private const int LookAhead = 200;

    private readonly string _text;
    private readonly StringBuilder _output = new();
    private int _at;
    private int _depth;

    private JsonRepair(string text, int start) => (_text, _at) = (text, start);

    /// <summary>Reads one value.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="end">Where what was read ends.</param>
    /// <returns>JSON, or null where there is no value or it lies too deep.</returns>
    public static string? Repair(string text, int start, out int end)
    {
        var repair = new JsonRepair(text, start);
        var isRead = repair.ReadValue();
        end = repair._at;
        return isRead ? repair._output.ToString() : null;
    }

    private bool ReadValue()
    {
        SkipBlank();
        if (_at >= _text.Length || _depth >= JsonText.MaxDepth)
        {
            return false;
        }

        switch (_text[_at])
        {
            case '{':
                return ReadGroup('}', ReadMember);
            case '[':
                return ReadGroup(']', ReadValue);
            case '}' or ']' or ',' or ':':
                return false;
            default:
                if (IsQuote(_text[_at]))
                {
                    ReadString(isName: false);
                }
                else
                {
                    ReadWord();
                }

                return true;
        }
    }

    // What stands between two brackets, commas missing or doubled or not. A bracket of the other kind closes it as well: the
    // model forgot this one's.
    private bool ReadGroup(char close, Func<bool> readItem)
    {
        _output.Append(_text[_at++]);
        _depth++;
        var isFirst = true;
        while (true)
        {
            SkipBlank();
            if (_at >= _text.Length)
            {
                break;
            }

            var c = _text[_at];
            if (c == close)
            {
                _at++;
                break;
            }

            if (c is '}' or ']')
            {
                break;
            }

            if (c is ',' or ';' or ':')
            {
                _at++;
                continue;
            }

            var length = _output.Length;
            if (!isFirst)
            {
                _output.Append(',');
            }

            if (!readItem())
            {
                _output.Length = length;
                if (_at < _text.Length && _text[_at] is not ('}' or ']' or ',' or ':'))
                {
                    return false;
                }

                continue;
            }

            isFirst = false;
        }

        _depth--;
        _output.Append(close);
        return true;
    }

    private bool ReadMember()
    {
        if (_text[_at] is '{' or '[')
        {
            return false;
        }

        if (IsQuote(_text[_at]))
        {
            ReadString(isName: true);
        }
        else
        {
            var start = _at;
            while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '$' or '.'))
            {
                _at++;
            }

            if (_at == start)
            {
                return false;
            }

            Quote(_text.AsSpan(start, _at - start));
        }

        SkipBlank();
        _output.Append(':');
        if (_at < _text.Length && _text[_at] is ':' or '=')
        {
            _at++;
        }

        if (!ReadValue())
        {
            if (_at < _text.Length && _text[_at] is not ('}' or ']' or ',' or ':'))
            {
                return false;
            }

            _output.Append("null");
        }

        return true;
    }

    private void ReadString(bool isName)
    {
        var open = _text[_at++];
        var close = open switch { '“' => '”', '‘' => '’', _ => open };
        _output.Append('"');
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == '\\' && _at < _text.Length)
            {
                ReadEscape();
            }
            else if (c == close && IsEnd(isName))
            {
                break;
            }
            else
            {
                AppendEscaped(c);
            }
        }

        _output.Append('"');
    }

    private void ReadEscape()
    {
        var c = _text[_at];
        if (c is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't')
        {
            _output.Append('\\').Append(c);
            _at++;
        }
        else if (c == 'u' && _at + 4 < _text.Length && IsHex(_text.AsSpan(_at + 1, 4)))
        {
            ReadUnicode();
        }
        else if (c is '\'' or '`' or '\n')
        {
            AppendEscaped(c);
            _at++;
        }
        else
        {
            // No escape of JSON's: the backslash was meant, as in a regular expression.
            _output.Append("\\\\");
        }
    }

    // Escaped surrogates only in pairs.
    private void ReadUnicode()
    {
        var unit = Unit(_at + 1);
        if (char.IsHighSurrogate(unit) && _at + 10 < _text.Length && _text[_at + 5] == '\\' && _text[_at + 6] == 'u' && IsHex(_text.AsSpan(_at + 7, 4)) && char.IsLowSurrogate(Unit(_at + 7)))
        {
            _output.Append('\\').Append(_text, _at, 11);
            _at += 11;
            return;
        }

        _output.Append(char.IsSurrogate(unit) ? "\\ufffd" : $"\\{_text.AsSpan(_at, 5)}");
        _at += 5;
    }

    private char Unit(int at) => (char)ushort.Parse(_text.AsSpan(at, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsHex(ReadOnlySpan<char> digits) => !digits.ContainsAnyExcept(Hex);

    private static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    // Whether the quote just passed ends its string, or is one that should have been escaped.
    private bool IsEnd(bool isName)
    {
        var next = Next(_at);
        if (next >= _text.Length)
        {
            return true;
        }

        return _text[next] switch
        {
            ':' => isName,
            '}' or ']' => !isName,
            ',' => !isName && IsItem(next + 1),
            '/' => next + 1 < _text.Length && _text[next + 1] is '/' or '*',

            // A comma was forgotten where a line ends and the next begins with a quote.
            '"' or '\'' => !isName && _text.AsSpan(_at, next - _at).Contains('\n'),
            _ => false,
        };
    }

    // After a comma that ends a string stand the next item or member, or a bracket.
    private bool IsItem(int at)
    {
        var next = Next(at);
        return next >= _text.Length || IsQuote(_text[next]) || _text[next] is '{' or '[' or '}' or ']' or '-' or '/' || char.IsLetterOrDigit(_text[next]);
    }

    private int Next(int at)
    {
        var end = Math.Min(_text.Length, at + LookAhead);
        while (at < end && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }

        return at;
    }

    // A number, a constant, or text without quotes.
    private void ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or '}' or ']' or '\n' or '\r' or '{' or '[' or ':'))
        {
            _at++;
        }

        if (_at == start)
        {
            _at++;
        }

        var word = _text.AsSpan(start, _at - start).Trim();
        var comment = word.IndexOf(" //", StringComparison.Ordinal);
        word = comment > 0 ? word[..comment].TrimEnd() : word;
        var known = word switch
        {
            "true" or "True" or "TRUE" => "true",
            "false" or "False" or "FALSE" => "false",
            "null" or "None" or "undefined" or "NaN" or "nil" => "null",
            _ => Number(word),
        };
        if (known is not null)
        {
            _output.Append(known);
        }
        else
        {
            Quote(word);
        }
    }

    private static string? Number(ReadOnlySpan<char> word)
    {
        var sign = word.StartsWith("-") ? "-" : "";
        var rest = word.TrimStart("+-");
        if (rest.Length == 0 || word.Length - rest.Length > 1 || rest.Length > 40 || !(char.IsAsciiDigit(rest[0]) || rest[0] == '.'))
        {
            return null;
        }

        var text = rest.ToString().Replace("_", "", StringComparison.Ordinal);
        return double.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowExponent, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? sign + (JsonText.TryParse(text, out _) ? text : number.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
            : null;
    }

    private void Quote(ReadOnlySpan<char> text)
    {
        _output.Append('"');
        foreach (var c in text)
        {
            AppendEscaped(c);
        }

        _output.Append('"');
    }

    private void AppendEscaped(char c)
    {
        switch (c)
        {
            case '"' or '\\':
                _output.Append('\\').Append(c);
                break;
            case '\n':
                _output.Append("\\n");
                break;
            case < ' ':
                _output.Append($"\\u{(int)c:x4}");
                break;
            default:
                _output.Append(c);
                break;
        }
    }

    private void SkipBlank()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF')
            {
                _at++;
            }
            else if (_text[_at] == '#' || Has("//"))
            {
                _at = Past("\n");
            }
            else if (Has("/*"))
            {
                _at = Past("*/");
            }
            else
            {
                return;
            }
        }
    }

    private bool Has(string mark) => string.CompareOrdinal(_text, _at, mark, 0, mark.Length) == 0;

    private int Past(string mark)
    {
        var found = _text.IndexOf(mark, _at, StringComparison.Ordinal);
        return found < 0 ? _text.Length : found + mark.Length;
    }

    private static bool IsQuote(char c) => c is '"' or '\'' or '`' or '“' or '‘';
}
