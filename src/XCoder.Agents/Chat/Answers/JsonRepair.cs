using System.Text;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Turns almost-JSON into JSON. Accepts comments, trailing and missing commas, single, triple and typographic quotes, raw line ends and
/// unescaped quotes in strings, names without quotes, constants of Python and JavaScript, and missing closing brackets. One pass; never
/// throws.
/// </summary>
internal sealed partial class JsonRepair
{
    private string _text;
    private readonly StringBuilder _output = new();
    private int _at;
    private int _depth;
    private JsonEnd _end;

    private JsonRepair(string text, int start) => (_text, _at) = (text, start);

    /// <summary>Reads one value.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="start">Index where the value begins.</param>
    /// <param name="end">How the value ended.</param>
    /// <returns>Valid JSON, or null when there is no value or it nests deeper than <see cref="JsonText.MaxDepth"/>.</returns>
    public static string? Repair(string text, int start, out JsonEnd end)
    {
        var repair = new JsonRepair(text, start);
        var isRead = repair.ReadValue();
        end = repair._end;
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

    // Reads the items between two brackets; commas may be missing or doubled. A closing bracket of the other kind ends the group, too: the
    // model forgot the right one.
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
                _end = _end == JsonEnd.InString ? _end : JsonEnd.Open;
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

    // Reads a number, a constant or text without quotes.
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
            "null" or "None" or "undefined" or "NaN" or "Infinity" or "-Infinity" or "nil" => "null",
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
        return double.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowExponent,
            System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? sign + (JsonText.TryParse(text, out _) ? text : number.ToString("R", System.Globalization.CultureInfo.InvariantCulture))
            : null;
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
}

/// <summary>How a value ended that was read from text.</summary>
internal enum JsonEnd
{
    /// <summary>With the bracket that closes it.</summary>
    Closed,

    /// <summary>With the text, between two items of a group whose closing bracket is missing.</summary>
    Open,

    /// <summary>With the text, within a string.</summary>
    InString,
}
