using System.Globalization;
using System.Text;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>
/// Translates a regular expression from Oniguruma's Ruby syntax, which tokenizers use, to .NET: possessive quantifiers,
/// \h, \w by Unicode's definition, long names of categories, scripts of East Asia, and nested and POSIX classes.
/// </summary>
internal sealed class OnigurumaTranslator(string source)
{
    // Alphabetic characters, marks, decimal digits and connectors; circled letters are alphabetic symbols.
    private const string Word = @"\p{L}\p{Nl}\p{M}\p{Nd}\p{Pc}\u24B6-\u24E9";

    // Outside a class, Oniguruma's own table for Latin-1 also counts these characters as word characters.
    private const string WordAlone = Word + @"\u00B2\u00B3\u00B9\u00BC-\u00BE";
    private const string Hexadecimal = "0-9A-Fa-f";

    private static readonly Dictionary<string, string> Properties = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Letter"] = @"\p{L}",
        ["Mark"] = @"\p{M}",
        ["Number"] = @"\p{N}",
        ["Punctuation"] = @"\p{P}",
        ["Punct"] = @"\p{P}",
        ["Symbol"] = @"\p{S}",
        ["Separator"] = @"\p{Z}",
        ["Other"] = @"\p{C}",
        ["Alphabetic"] = @"\p{L}\p{Nl}\p{M}\u24B6-\u24E9",
        ["Alpha"] = @"\p{L}\p{Nl}\p{M}\u24B6-\u24E9",
        ["Alnum"] = @"\p{L}\p{Nl}\p{M}\p{Nd}\u24B6-\u24E9",
        ["Digit"] = @"\p{Nd}",
        ["Lower"] = @"\p{Ll}",
        ["Upper"] = @"\p{Lu}",
        ["Space"] = @"\s",
        ["White_Space"] = @"\s",
        ["Blank"] = @"\t\p{Zs}",
        ["Cntrl"] = @"\p{Cc}",
        ["XDigit"] = Hexadecimal,
        ["Word"] = Word,
        // Scripts, limited to the basic multilingual plane.
        ["Han"] = @"\u2E80-\u2E99\u2E9B-\u2EF3\u2F00-\u2FD5\u3005\u3007\u3021-\u3029\u3038-\u303B"
            + @"\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFA6D\uFA70-\uFAD9",
        ["Hiragana"] = @"\u3041-\u3096\u309D-\u309F",
        ["Katakana"] = @"\u30A1-\u30FA\u30FD-\u30FF\u31F0-\u31FF\u32D0-\u32FE\u3300-\u3357\uFF66-\uFF6F\uFF71-\uFF9D",
        ["Hangul"] = @"\u1100-\u11FF\u302E-\u302F\u3131-\u318E\u3200-\u321E\u3260-\u327E\uA960-\uA97C\uAC00-\uD7A3\uD7B0-\uD7C6"
            + @"\uD7CB-\uD7FB\uFFA0-\uFFBE\uFFC2-\uFFC7\uFFCA-\uFFCF\uFFD2-\uFFD7\uFFDA-\uFFDC",
        ["Thai"] = @"\u0E01-\u0E3A\u0E40-\u0E5B",
    };

    private static readonly HashSet<string> Categories = ["L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
        "P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Cs", "Co",
        "Cn"];

    private readonly StringBuilder _result = new();
    private readonly Stack<int> _groups = new();
    private int _at;

    /// <summary>Returns the expression in .NET syntax.</summary>
    /// <exception cref="NotSupportedException">The expression uses a feature that .NET cannot match.</exception>
    public string Translate()
    {
        var atom = 0;
        while (_at < source.Length)
        {
            switch (source[_at])
            {
                case '(':
                    _groups.Push(_result.Length);
                    _result.Append(source[_at++]);
                    if (_at < source.Length && source[_at] == '?' && _at + 1 < source.Length && source[_at + 1] == '#')
                    {
                        throw new NotSupportedException("It has a comment.");
                    }

                    atom = _result.Length;
                    break;
                case ')':
                    atom = _groups.Count > 0 ? _groups.Pop() : throw new NotSupportedException("A closing parenthesis has no opening one.");
                    _result.Append(source[_at++]);
                    break;
                case '[':
                    atom = _result.Length;
                    _at++;
                    Class();
                    break;
                case '\\':
                    atom = _result.Length;
                    Escape();
                    break;
                case '^' or '$':
                    atom = _result.Length;
                    _result.Append("(?m:").Append(source[_at++]).Append(')');
                    break;
                case '*' or '+' or '?' when _at > 0 && source[_at - 1] != '(':
                    Quantifier(atom);
                    break;
                case var other:
                    atom = _result.Length;
                    _result.Append(other);
                    _at++;
                    break;
            }
        }

        return _result.ToString();
    }

    private void Quantifier(int atom)
    {
        _result.Append(source[_at++]);
        if (_at < source.Length && source[_at] == '+')
        {
            _result.Insert(atom, "(?>").Append(')');
            _at++;
        }
        else if (_at < source.Length && source[_at] == '?')
        {
            _result.Append(source[_at++]);
        }
    }

    private void Escape()
    {
        var letter = Next();
        switch (letter)
        {
            case 'p' or 'P':
                var (set, negated) = Property(letter == 'P');
                _result.Append(negated ? "[^" : "[").Append(set).Append(']');
                break;
            case 'h':
                _result.Append('[').Append(Hexadecimal).Append(']');
                break;
            case 'H':
                _result.Append("[^").Append(Hexadecimal).Append(']');
                break;
            case 'w':
                _result.Append('[').Append(WordAlone).Append(']');
                break;
            case 'W':
                _result.Append("[^").Append(WordAlone).Append(']');
                break;
            case 'b':
                _result.Append($"(?:(?<![{WordAlone}])(?=[{WordAlone}])|(?<=[{WordAlone}])(?![{WordAlone}]))");
                break;
            case 'B':
                _result.Append($"(?:(?<![{WordAlone}])(?![{WordAlone}])|(?<=[{WordAlone}])(?=[{WordAlone}]))");
                break;
            case 'x' or 'u':
                _result.Append(CodePoint(letter));
                break;
            case 'R' or 'X' or 'K' or 'G' or 'g' or 'k' or 'O' or 'N' or 'y' or 'Y' or (>= '0' and <= '9'):
                throw new NotSupportedException($"\\{letter} has no counterpart.");
            default:
                _result.Append('\\').Append(letter);
                break;
        }
    }

    // Reads from after the opening bracket to the closing one, inclusive.
    private void Class()
    {
        _result.Append('[');
        if (_at < source.Length && source[_at] == '^')
        {
            _result.Append(source[_at++]);
        }

        Members();
        _result.Append(']');
    }

    private void Members()
    {
        for (var first = true; ; first = false)
        {
            if (_at >= source.Length)
            {
                throw new NotSupportedException("A character class is not closed.");
            }

            var unit = source[_at];
            if (unit == ']' && !first)
            {
                _at++;
                return;
            }

            if (char.IsSurrogate(unit))
            {
                throw new NotSupportedException("A character class contains characters outside the Basic Multilingual Plane.");
            }

            if (unit == '&' && _at + 1 < source.Length && source[_at + 1] == '&')
            {
                throw new NotSupportedException("It has an intersection of classes.");
            }

            if (unit == '[')
            {
                Nested();
            }
            else if (unit == '\\')
            {
                MemberEscape();
            }
            else
            {
                _result.Append(unit is ']' or '-' && first ? $"\\{unit}" : unit.ToString());
                _at++;
            }
        }
    }

    // The members of a nested class become members of the outer one; [:alpha:] is a class by name.
    private void Nested()
    {
        _at++;
        if (_at < source.Length && source[_at] == ':')
        {
            var end = source.IndexOf(":]", _at, StringComparison.Ordinal);
            var name = end < 0 ? "" : source[(_at + 1)..end];
            _result.Append(name.Length > 0 && Properties.TryGetValue(name, out var set) ? set
                : throw new NotSupportedException($"The class [:{name}:] is not known."));
            _at = end + 2;
            return;
        }

        if (_at < source.Length && source[_at] == '^')
        {
            throw new NotSupportedException("A negated class stands in another.");
        }

        Members();
    }

    private void MemberEscape()
    {
        var letter = Next();
        switch (letter)
        {
            case 'p' or 'P':
                var (set, negated) = Property(letter == 'P');
                _result.Append(!negated ? set : set.StartsWith("\\p{", StringComparison.Ordinal) && set.LastIndexOf('\\') == 0
                    ? "\\P" + set[2..] : throw new NotSupportedException("A negated property stands in a class."));
                break;
            case 'h':
                _result.Append(Hexadecimal);
                break;
            case 'w':
                _result.Append(Word);
                break;
            case 'W' or 'H':
                throw new NotSupportedException($"\\{letter} stands in a class.");
            case 'x' or 'u':
                _result.Append(CodePoint(letter));
                break;
            default:
                _result.Append('\\').Append(letter);
                break;
        }
    }

    private char Next()
    {
        _at += 2;
        return _at <= source.Length ? source[_at - 1] : throw new NotSupportedException("It ends with a backslash.");
    }

    private (string Set, bool Negated) Property(bool negated)
    {
        var end = _at < source.Length && source[_at] == '{' ? source.IndexOf('}', _at) : -1;
        var name = end > 0 ? source[(_at + 1)..end] : _at < source.Length ? source[_at].ToString() : "";
        _at = end > 0 ? end + 1 : _at + 1;
        if (name.StartsWith('^'))
        {
            (name, negated) = (name[1..], !negated);
        }

        return Categories.Contains(name) ? ($"\\p{{{name}}}", negated)
            : Properties.TryGetValue(name, out var set) ? (set, negated)
            : throw new NotSupportedException($"The property {name} is not known.");
    }

    private string CodePoint(char letter)
    {
        var (begin, end) = _at < source.Length && source[_at] == '{' ? (_at + 1, source.IndexOf('}', _at))
            : (_at, _at + (letter == 'x' ? 2 : 4));
        if (end < begin || end > source.Length
            || !int.TryParse(source.AsSpan(begin, end - begin), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
        {
            throw new NotSupportedException($"\\{letter} names no character.");
        }

        _at = end < source.Length && source[end] == '}' && begin > 0 && source[begin - 1] == '{' ? end + 1 : end;
        return value <= char.MaxValue ? $"\\u{value:X4}" : throw new NotSupportedException("It names a character outside the basic plane.");
    }
}
