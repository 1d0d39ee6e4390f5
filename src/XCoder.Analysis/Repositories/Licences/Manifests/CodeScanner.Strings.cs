namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <content>Strings, and what reads like them.</content>
internal sealed partial class CodeScanner
{
    // What one language or two have.
    private bool ReadSpecial()
    {
        if (_syntax.HasLongBrackets && LongBracket(_at) is { } close)
        {
            var start = _at;
            SkipTo(close);
            Add(CodeTokenKind.Text, _text[Math.Min(start + close.Length, _at)..Math.Max(start + close.Length, _at - close.Length)].Trim());
            return true;
        }

        var next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        if (_syntax.IsErlang && _text[_at] == '$' && next != '\0')
        {
            Add(CodeTokenKind.Word, "$");
            _at += next == '\\' ? 3 : 2;
            return true;
        }

        if (_syntax.HasCharacters && _text[_at] == '\'')
        {
            // 'c', '\n'; else a symbol.
            var length = next == '\\' ? 4 : 3;
            var isCharacter = _at + length <= _text.Length && _text[_at + length - 1] == '\'';
            Add(CodeTokenKind.Word, "'");
            _at += isCharacter ? length : 1;
            return true;
        }

        return (_syntax.Percent != 0 && ReadPercent(next)) || (_syntax.HasPerlQuotes && ReadPerlQuote())
            || (_syntax.HasHeredocs && ReadHeredocMark()) || (_syntax.HasRegexes && ReadRegex());
    }

    private bool ReadPercent(char next)
    {
        // An operator has a value before it, or a blank behind.
        var at = _at + (char.IsAsciiLetter(next) ? 2 : 1);
        if (_text[_at] != _syntax.Percent || at >= _text.Length || char.IsLetterOrDigit(_text[at]) || char.IsWhiteSpace(_text[at])
            || !(_syntax.Percent == '~' ? char.IsAsciiLetter(next) : IsValueExpected()))
        {
            return false;
        }

        _at = at;
        if (Starts("\"\"\""))
        {
            return ReadQuoted();
        }

        var text = Delimited(next is not ('q' or 'w' or 'S' or 'i'), out var isLiteral);
        if (next is 'w' or 'W' or 'i' or 'I')
        {
            Add(CodeTokenKind.Sign, "[");
            foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                _tokens.Add(new CodeToken(CodeTokenKind.Text, word, isLiteral));
                Add(CodeTokenKind.Sign, ",");
            }

            Add(CodeTokenKind.Sign, "]");
        }
        else
        {
            _tokens.Add(new CodeToken(CodeTokenKind.Text, text, isLiteral && next is not 'r'));
        }

        return true;
    }

    private bool ReadPerlQuote()
    {
        var length = Starts("qq") || Starts("qw") || Starts("qr") || Starts("qx") || Starts("tr") ? 2
            : _text[_at] is 'q' or 'm' or 's' or 'y' ? 1 : 0;
        if (length == 0 || _at + length >= _text.Length || "/{([<|!".IndexOf(_text[_at + length], StringComparison.Ordinal) < 0
            || (_tokens.Count > 0 && (_tokens[^1].Is("->") || _tokens[^1].Is("$") || _tokens[^1].Is("{"))))
        {
            return false;
        }

        var kind = _text[_at..(_at + length)];
        _at += length;
        var text = Delimited(kind is not ("q" or "qw"), out var isLiteral);
        if (kind is "s" or "tr" or "y")
        {
            _at = Math.Max(0, _at - (_text[_at - 1] is '/' or '|' or '!' ? 1 : 0));
            Delimited(false, out _);
        }

        _tokens.Add(new CodeToken(CodeTokenKind.Text, text, isLiteral && kind is "q" or "qq"));
        return true;
    }

    // What stands between the sign here and the one that closes it.
    private string Delimited(bool hasHoles, out bool isLiteral)
    {
        isLiteral = true;
        if (_at >= _text.Length)
        {
            return "";
        }

        var open = _text[_at];
        var close = open switch { '(' => ')', '[' => ']', '{' => '}', '<' => '>', _ => open };
        var (start, depth) = (++_at, 1);
        for (; _at < _text.Length; _at++)
        {
            var letter = _text[_at];
            isLiteral &= !(letter == '\\' || (hasHoles && letter is '#' or '$' && _at + 1 < _text.Length && _text[_at + 1] == '{'));
            if (letter == '\\')
            {
                _at++;
            }
            else if (letter == close && --depth == 0)
            {
                return _text[start.._at++];
            }
            else if (letter == open && open != close)
            {
                depth++;
            }
        }

        Unended ??= start;
        _at = _text.Length;
        return _text[start..];
    }

    private bool ReadHeredocMark()
    {
        if (!Starts("<<") || !IsValueExpected())
        {
            return false;
        }

        var at = _at + 2;
        at += at < _text.Length && _text[at] is '~' or '-' ? 1 : 0;
        var quote = at < _text.Length && _text[at] is '"' or '\'' ? _text[at++] : '\0';
        var start = at;
        while (at < _text.Length && (char.IsLetterOrDigit(_text[at]) || _text[at] == '_'))
        {
            at++;
        }

        if (at == start || (quote != '\0' && (at >= _text.Length || _text[at] != quote)))
        {
            return false;
        }

        _heredocs.Add((_tokens.Count, _text[start..at]));
        _tokens.Add(new CodeToken(CodeTokenKind.Text, "", false));
        _at = at + (quote == '\0' ? 0 : 1);
        return true;
    }

    private void ReadHeredocs()
    {
        foreach (var (token, end) in _heredocs)
        {
            var start = _at;
            while (_at < _text.Length)
            {
                var (from, line) = (_at, LineAt(_at));
                _at = Math.Min(_text.Length, _at + line.Length + 1);
                if (line.AsSpan().Trim().SequenceEqual(end))
                {
                    var body = _text[start..from];
                    _tokens[token] = new CodeToken(CodeTokenKind.Text, body, !body.Contains("#{", StringComparison.Ordinal));
                    start = -1;
                    break;
                }
            }

            Unended ??= start >= 0 ? start : null;
        }

        _heredocs.Clear();
    }

    private bool ReadRegex()
    {
        if (_text[_at] != '/' || !IsValueExpected())
        {
            return false;
        }

        for (var at = _at + 1; at < _text.Length && _text[at] != '\n'; at++)
        {
            if (_text[at] == '/')
            {
                Add(CodeTokenKind.Word, "/");
                _at = at + 1;
                return true;
            }

            at += _text[at] == '\\' ? 1 : 0;
        }

        return false;
    }

    private bool ReadQuoted()
    {
        var at = _at;
        if (_syntax.HasPrefixes && char.IsAsciiLetter(_text[at]))
        {
            at += at + 1 < _text.Length && char.IsAsciiLetter(_text[at + 1]) ? 2 : 1;
            if (at >= _text.Length || _text[at] is not ('"' or '\'') || _text[_at..at].AsSpan().IndexOfAnyExcept("rRbBuUfF") >= 0)
            {
                return false;
            }
        }

        var quote = Array.Find(_syntax.Quotes, quote => string.CompareOrdinal(_text, at, quote, 0, quote.Length) == 0);
        if (quote is null)
        {
            return false;
        }

        var isLiteral = _text[_at..at].AsSpan().IndexOfAny("fF") < 0;
        var (start, spans) = (at + quote.Length, _syntax.SpanLines || quote.Length > 1);
        for (_at = start; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\\' && quote != "''")
            {
                isLiteral = false;
                _at++;
            }
            else if (Starts(quote))
            {
                _tokens.Add(new CodeToken(CodeTokenKind.Text, _text[start.._at], isLiteral));
                _at += quote.Length;
                return true;
            }
            else if (_text[_at] == '\n' && !spans)
            {
                // It was no string, or a broken one.
                _tokens.Add(new CodeToken(CodeTokenKind.Text, _text[start.._at], false));
                return true;
            }
            else if (_syntax.Hole is { } hole && quote != "'" && Starts(hole))
            {
                isLiteral = false;
                SkipHole();
            }
        }

        Unended ??= start;
        _at = _text.Length;
        _tokens.Add(new CodeToken(CodeTokenKind.Text, _text[Math.Min(start, _text.Length)..], false));
        return true;
    }

    // Code within a string, with strings of its own.
    private void SkipHole()
    {
        if (_at + 1 >= _text.Length || _text[_at + 1] != '{')
        {
            return;
        }

        var depth = 0;
        for (; _at < _text.Length; _at++)
        {
            switch (_text[_at])
            {
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return;
                case '"' or '\'':
                    var quote = _text[_at];
                    for (_at++; _at < _text.Length && _text[_at] != quote && _text[_at] != '\n'; _at++)
                    {
                        _at += _text[_at] == '\\' ? 1 : 0;
                    }

                    break;
            }
        }
    }

    private string? LongBracket(int at)
    {
        var end = at + 1;
        if (at >= _text.Length || _text[at] != '[')
        {
            return null;
        }

        while (end < _text.Length && _text[end] == '=')
        {
            end++;
        }

        return end < _text.Length && _text[end] == '[' ? "]" + _text[(at + 1)..end] + "]" : null;
    }
}
