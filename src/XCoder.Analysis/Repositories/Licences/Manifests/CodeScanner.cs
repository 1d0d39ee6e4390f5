namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>Kind of a token.</summary>
internal enum CodeTokenKind
{
    /// <summary>A word: a name, a keyword, a number.</summary>
    Word,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A bracket or an operator.</summary>
    Sign,

    /// <summary>The end of a line.</summary>
    Line,
}

/// <summary>A token of a manifest that is code.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">A word, a sign, or what stands in a string.</param>
/// <param name="IsLiteral">Whether the string is what it says, without code within.</param>
internal readonly record struct CodeToken(CodeTokenKind Kind, string Text, bool IsLiteral = true)
{
    /// <summary>Whether it is that sign.</summary>
    public bool Is(string sign) => Kind == CodeTokenKind.Sign && Text == sign;
}

/// <summary>
/// Tells words, strings and signs of a manifest from its comments. It knows as much of each language as manifests need, looks at each
/// letter a few times at most, and takes every text for something.
/// </summary>
internal sealed partial class CodeScanner
{
    private static readonly string[] Operators = ["++=", ":=", "+=", "=>", "->", "==", "!=", "<=", ">=", "<<", ">>", "=~"];

    private readonly string _text;
    private readonly CodeSyntax _syntax;
    private readonly List<CodeToken> _tokens = [];

    // Texts that follow behind the line: the place of their token and the word that ends them.
    private readonly List<(int Token, string End)> _heredocs = [];
    private int _at;

    private CodeScanner(string text, CodeSyntax syntax) => (_text, _syntax) = (text, syntax);

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="syntax">Its language.</param>
    /// <param name="unended">Where a string or comment begins that does not end; the length of the text if all do.</param>
    public static List<CodeToken> Scan(string text, CodeSyntax syntax, out int unended)
    {
        var scanner = new CodeScanner(text, syntax);
        scanner.Run();
        unended = scanner.Unended ?? text.Length;
        return scanner._tokens;
    }

    private int? Unended { get; set; }

    private bool IsLineStart => _at == 0 || _text[_at - 1] == '\n';

    private void Run()
    {
        while (_at < _text.Length)
        {
            var letter = _text[_at];
            if (IsLineStart && SkipLines())
            {
                continue;
            }

            if (letter == '\n')
            {
                _tokens.Add(new CodeToken(CodeTokenKind.Line, "\n"));
                _at++;
                ReadHeredocs();
            }
            else if (char.IsWhiteSpace(letter))
            {
                _at++;
            }
            else if (letter == '\\')
            {
                // A line that goes on, or a letter that is no sign.
                _at = Math.Min(_text.Length, _at + (_at + 2 < _text.Length && _text[_at + 1] == '\r' ? 3 : 2));
            }
            else if (!(SkipComment() || ReadSpecial() || ReadQuoted()))
            {
                ReadWordOrSign();
            }
        }
    }

    // Parts of a file that begin with a line.
    private bool SkipLines()
    {
        if (_syntax.End is { } end && Starts(end) && LineAt(_at) == end)
        {
            _at = _text.Length;
            return true;
        }

        foreach (var (open, close) in _syntax.LineBlocks)
        {
            if (Starts(open))
            {
                SkipTo("\n" + close);
                return true;
            }
        }

        if (_syntax.IsPod && Starts("=") && _at + 1 < _text.Length && char.IsAsciiLetter(_text[_at + 1]))
        {
            // Perl's documentation may end with the file.
            var cut = _text.IndexOf("\n=cut", _at, StringComparison.Ordinal);
            _at = cut < 0 ? _text.Length : cut + "\n=cut".Length;
            return true;
        }

        return false;
    }

    private void SkipTo(string close)
    {
        var end = _text.IndexOf(close, _at, StringComparison.Ordinal);
        Unended ??= end < 0 ? _at : null;
        _at = end < 0 ? _text.Length : end + close.Length;
    }

    private bool SkipComment()
    {
        if (_syntax.HasLongBrackets && Starts("--") && LongBracket(_at + 2) is { } close)
        {
            SkipTo(close);
            return true;
        }

        foreach (var (open, end) in _syntax.Blocks)
        {
            if (Starts(open))
            {
                SkipBlock(open, end);
                return true;
            }
        }

        // Of "$#" and, in a shell, of "a#b" the sign is part.
        var before = _at == 0 ? ' ' : _text[_at - 1];
        if (Array.Exists(_syntax.LineComments, Starts) && before != '$'
            && !(_syntax.WordsHoldSign && (char.IsLetterOrDigit(before) || before is '_' or '{')))
        {
            var line = _text.IndexOf('\n', _at);
            _at = line < 0 ? _text.Length : line;
            return true;
        }

        return false;
    }

    private void SkipBlock(string open, string close)
    {
        var (start, depth) = (_at, 0);
        while (_at < _text.Length)
        {
            if (Starts(close) && depth > 0)
            {
                _at += close.Length;
                if (--depth == 0)
                {
                    return;
                }
            }
            else if (Starts(open) && (depth == 0 || _syntax.Nests))
            {
                _at += open.Length;
                depth++;
            }
            else
            {
                _at++;
            }
        }

        Unended ??= start;
    }

    private void ReadWordOrSign()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'
            || _syntax.WordSigns.Contains(_text[_at], StringComparison.Ordinal)))
        {
            _at++;
        }

        if (_at > start)
        {
            Add(CodeTokenKind.Word, _text[start.._at]);
            return;
        }

        var sign = Array.Find(Operators, Starts) ?? _text[_at].ToString();
        Add(CodeTokenKind.Sign, sign);
        _at += sign.Length;
    }

    // Whether what follows begins a value: behind a sign, or at the beginning.
    private bool IsValueExpected() => _tokens.Count == 0 || _tokens[^1] switch
    {
        { Kind: CodeTokenKind.Line } => true,
        { Kind: CodeTokenKind.Sign, Text: var sign } => sign is not (")" or "]" or "}"),
        { Kind: CodeTokenKind.Word, Text: var word } => word is "if" or "unless" or "and" or "or" or "not" or "return" or "split" or "grep"
            or "when" or "match",
        _ => false,
    };

    private string LineAt(int at)
    {
        var end = _text.IndexOf('\n', at);
        return (end < 0 ? _text[at..] : _text[at..end]).TrimEnd('\r');
    }

    private bool Starts(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    private void Add(CodeTokenKind kind, string text) => _tokens.Add(new CodeToken(kind, text));
}
