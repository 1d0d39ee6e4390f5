using System.Buffers;
using System.Globalization;

namespace XCoder.Agents.Chat.Answers;

/// <content>Strings: finding their ends and translating their escapes.</content>
internal sealed partial class JsonRepair
{
    private const int LookAhead = 200;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    private void ReadString(bool isName)
    {
        if (TripleOf(_text[_at]) is { } triple && Has(triple))
        {
            ReadTriple(triple);
            return;
        }

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
                _output.Append('"');
                return;
            }
            else
            {
                AppendEscaped(c);
            }
        }

        _end = JsonEnd.InString;
        _output.Append('"');
    }

    private static string? TripleOf(char quote) => quote switch { '"' => "\"\"\"", '\'' => "'''", _ => null };

    // Python's long strings. Text of several lines stands as it is, because models copy code into them; of one line, escapes count.
    // A longer run of quotes than three ends with the last three.
    private void ReadTriple(string quotes)
    {
        var start = _at += quotes.Length;
        var end = EndOfTriple(quotes, start);
        _end = end < 0 ? JsonEnd.InString : _end;
        var text = end < 0 ? _text[start..] : _text[start..end];
        _at = end < 0 ? _text.Length : end + quotes.Length;
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            text = text.StartsWith('\n') ? text[1..] : text.StartsWith("\r\n", StringComparison.Ordinal) ? text[2..] : text;
            Quote(text.Replace($"\\{quotes}", quotes, StringComparison.Ordinal)
                .Replace($"\\{quotes[0]}", quotes[..1], StringComparison.Ordinal));
            return;
        }

        var (outer, after) = (_text, _at);
        (_text, _at) = (text, 0);
        _output.Append('"');
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (c == '\\' && _at < _text.Length)
            {
                ReadEscape();
            }
            else
            {
                AppendEscaped(c);
            }
        }

        _output.Append('"');
        (_text, _at) = (outer, after);
    }

    // The quotes that close a long string stand before the end of a member: code within it may hold such quotes, too.
    private int EndOfTriple(string quotes, int start)
    {
        for (var at = _text.IndexOf(quotes, start, StringComparison.Ordinal); at >= 0;
            at = _text.IndexOf(quotes, at + 1, StringComparison.Ordinal))
        {
            var next = Next(at + quotes.Length);
            if (_text[at - 1] != '\\' && (next >= _text.Length || _text[next] is '}' or ']' || (_text[next] == ',' && IsItem(next + 1))))
            {
                return at;
            }
        }

        return -1;
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
            // Not an escape of JSON: the model meant a backslash, as in a regular expression.
            _output.Append("\\\\");
        }
    }

    // Keeps escaped surrogates only in valid pairs.
    private void ReadUnicode()
    {
        var unit = Unit(_at + 1);
        if (char.IsHighSurrogate(unit) && _at + 10 < _text.Length && _text[_at + 5] == '\\' && _text[_at + 6] == 'u'
            && IsHex(_text.AsSpan(_at + 7, 4)) && char.IsLowSurrogate(Unit(_at + 7)))
        {
            _output.Append('\\').Append(_text, _at, 11);
            _at += 11;
            return;
        }

        _output.Append(char.IsSurrogate(unit) ? "\\ufffd" : $"\\{_text.AsSpan(_at, 5)}");
        _at += 5;
    }

    private char Unit(int at) => (char)ushort.Parse(_text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static bool IsHex(ReadOnlySpan<char> digits) => !digits.ContainsAnyExcept(Hex);

    // Whether the quote just read ends its string; otherwise it should have been escaped.
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

            // The model forgot a comma between two lines that each hold a string.
            '"' or '\'' => !isName && _text.AsSpan(_at, next - _at).Contains('\n'),
            _ => false,
        };
    }

    // A comma ends a string only if an item, a member or a bracket follows.
    private bool IsItem(int at)
    {
        var next = Next(at);
        return next >= _text.Length || IsQuote(_text[next]) || _text[next] is '{' or '[' or '}' or ']' or '-' or '/'
            || char.IsLetterOrDigit(_text[next]);
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

    private static bool IsQuote(char c) => c is '"' or '\'' or '`' or '“' or '‘';
}
