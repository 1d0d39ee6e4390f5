using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>
/// Reads literals as they stand in calls: numbers, strings, truth values and lists of them, in the notation of any language that is called,
/// and variables to which a literal was assigned before. A literal that is misread is merely another input, so one reader serves all
/// languages; only the words around literals, such as <c>String::from</c>, are data.
/// </summary>
/// <param name="form">Describes the language of the text.</param>
/// <param name="text">The text.</param>
/// <param name="budget">What may be read; null: as much as a comparison usually may.</param>
internal sealed partial class LiteralReader(CallForm form, string text, ReadBudget? budget = null)
{
    private const int MostDepth = 6, MostItems = 200, MostValues = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ReadBudget _budget = budget ?? new ReadBudget();
    private readonly TextVariables _variables = new(text);
    private Regex? _after;
    private int _at, _values, _call;

    /// <summary>Whether the last arguments were literals themselves, none of them a variable.</summary>
    public bool AreDirect { get; private set; }

    /// <summary>Index after the last arguments, if they could be read.</summary>
    public int End => _at;

    /// <summary>
    /// Reads the arguments of a call. Returns null if one of them is no literal.
    /// </summary>
    /// <param name="at">Index after the opening parenthesis.</param>
    /// <returns>Each argument's name, or null, and value: a long, double, bool, string or list of values.</returns>
    public IReadOnlyList<(string? Name, object Value)>? Arguments(int at)
    {
        var found = new List<(string?, object)>();
        (_values, _call, AreDirect) = (0, at, true);
        for (_at = at; ;)
        {
            Skip();
            if (Take(')'))
            {
                return found;
            }

            var name = Eat(NamePrefix()) is { } prefix ? prefix.Groups["name"].Value : null;
            if (Value(0, at) is not { } value)
            {
                return null;
            }

            found.Add((name, value));
            Skip();
            if (!Take(',') && !(_at < text.Length && text[_at] == ')'))
            {
                return null;
            }
        }
    }

    /// <summary>Reads a text that is a single literal. Returns null if it is none.</summary>
    public object? Whole()
    {
        _at = 0;
        var value = Value(0, 0);
        Skip();
        return _at == text.Length ? value : null;
    }

    private object? Value(int depth, int before)
    {
        Skip();
        _ = Eat(Modifier());
        if (depth > MostDepth || _at >= text.Length || ++_values > MostValues || !_budget.Take(1))
        {
            return null;
        }

        var value = Eat(Quote()) is { } quote ? Text(quote)
            : Eat(Number()) is { } number ? Read(number)
            : Eat(TypedBraces()) is not null ? Items('}', depth, before)
            : Take('[') ? Items(']', depth, before)
            : Take('{') ? Items('}', depth, before)
            : Eat(Cast()) is not null ? Value(depth + 1, before)
            : Take('(') ? Items(')', depth, before) is { } tuple ? tuple.Count == 1 && text[_at - 2] != ',' ? tuple[0] : tuple : null
            : Eat(Word()) is { } word ? Named(word, depth, before) : null;
        return value is null || form.After is not { } after
            || TryEat(_after ??= new Regex(after, RegexOptions.CultureInvariant, Patience)) ? value : null;
    }

    private object? Named(Match word, int depth, int before)
    {
        var name = word.Groups["name"].Value;
        if (word.Groups["open"] is { Success: true } open)
        {
            var close = open.Value == "(" ? ')' : open.Value == "[" ? ']' : '}';
            var items = Items(close, depth, before);
            return items is null || close != ')' ? items
                : items.Count > 0 && form.Wraps is { } wraps && ProgramText.IsMatch(name, wraps) ? items[0]
                : form.Lists is { } lists && ProgramText.IsMatch(name, lists)
                    ? Eat(Brace()) is null ? items : Items('}', depth, before) : null;
        }

        if (name == form.True || name == form.False)
        {
            return name == form.True;
        }

        // The last literal that was assigned to the variable before the call, if nothing can have changed it since.
        AreDirect = false;
        if (_variables.Find(name, before) is not { } assigned)
        {
            return null;
        }

        var here = _at;
        _at = assigned.Value;
        var value = Value(depth + 1, assigned.Start);
        var end = _at;
        _at = here;
        return value is not null && _variables.IsKept(name, end, _call, _budget) ? value : null;
    }

    private List<object>? Items(char close, int depth, int before)
    {
        var items = new List<object>();
        while (items.Count < MostItems)
        {
            Skip();
            if (Take(close))
            {
                return items;
            }

            if (Value(depth + 1, before) is not { } value)
            {
                return null;
            }

            items.Add(value);
            Skip();
            if (!Take(',') && !(_at < text.Length && text[_at] == close))
            {
                return null;
            }
        }

        return null;
    }

    private static object? Read(Match number)
    {
        var digits = number.Groups["digits"].Value.Replace("_", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        return digits.Contains('x', StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex) ? hex : null
            : digits.AsSpan().IndexOfAny(".eE") < 0
                && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                && whole is >= -CallForm.Widest and <= CallForm.Widest ? whole
            : double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? real
            : null;
    }

    private string? Text(Match quote)
    {
        var (prefix, mark) = (quote.Groups["prefix"].Value, quote.Groups["mark"].Value);
        var (isRaw, result) = (prefix.AsSpan().IndexOfAny("rR@") >= 0, new StringBuilder());
        while (_at < text.Length && _budget.Take(1))
        {
            if (string.CompareOrdinal(text, _at, mark, 0, mark.Length) == 0)
            {
                _at += mark.Length;
                return result.ToString();
            }

            if (isRaw || text[_at] != '\\')
            {
                if (text[_at] == '\n' && mark.Length == 1)
                {
                    return null;
                }

                result.Append(text[_at++]);
            }
            else if (Eat(Escape()) is { } escape)
            {
                var code = escape.Groups["hex"] is { Success: true } hex
                    ? int.Parse(hex.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    : escape.Groups["octal"] is { Success: true } octal ? Convert.ToInt32(octal.Value, 8) : -1;
                _ = escape.Groups["plain"] is { Success: true } plain ? result.Append(Plain(plain.Value[0]))
                    : code is >= 0 and <= char.MaxValue ? result.Append((char)code)
                    : result.Append((Rune.IsValid(code) ? new Rune(code) : Rune.ReplacementChar).ToString());
            }
            else
            {
                return null;
            }
        }

        return null;
    }

    private static string Plain(char c) => c switch { 'n' => "\n", 't' => "\t", 'r' => "\r", 'b' => "\b", 'f' => "\f", 'v' => "\v",
        'a' => "\a", _ => c.ToString() };

    private void Skip()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]) && _budget.Take(1))
        {
            _at++;
        }
    }

    private bool Take(char c)
    {
        var isThere = _at < text.Length && text[_at] == c;
        _at += isThere ? 1 : 0;
        return isThere;
    }

    // Goes beyond what a manifest's pattern matches, if it matches here; false if matching takes too long.
    private bool TryEat(Regex pattern)
    {
        try
        {
            _ = Eat(pattern);
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private Match? Eat(Regex pattern)
    {
        if (pattern.Match(text, _at) is not { Success: true } match || match.Index != _at)
        {
            return null;
        }

        _at += match.Length;
        return match;
    }

    [GeneratedRegex(@"\G(?<name>[A-Za-z_]\w*)\s*(?:=(?![=>])|:(?!:))\s*")]
    private static partial Regex NamePrefix();

    [GeneratedRegex(@"\G(?:&\s*|\+(?=[""'])|mut\s+|new\s+(?=[\w\[]))+")]
    private static partial Regex Modifier();

    [GeneratedRegex(@"\G(?<prefix>(?:[rRbBuUL@]|rb|br|u8)?)(?<mark>""""""|'''|[""'`])")]
    private static partial Regex Quote();

    [GeneratedRegex(@"\G(?<digits>0[xX][0-9a-fA-F]+|-?(?:[0-9][0-9_']*(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
        + @"(?:_?(?:[iuf](?:8|16|32|64|128|size)|[uUlLfFdDmMn]{1,3}))?(?![\w.])")]
    private static partial Regex Number();

    [GeneratedRegex(@"\G(?:(?:\[[0-9.]*\])+\*?[A-Za-z][\w.]*\s*\{|\[\]\s*\w+\s*\{)")]
    private static partial Regex TypedBraces();

    [GeneratedRegex(@"\G\(\s*(?:const\s+)?[A-Za-z][\w ]{0,40}[ *]{0,4}(?:\[\w*\])*\)\s*(?=[\{0-9""'-])")]
    private static partial Regex Cast();

    [GeneratedRegex(@"\G(?<name>\$?[A-Za-z_][\w.:]*?)(?![\w.:])(?:<[\w<>:,.\[\]&\s?]*>)?(?:\s*\[[0-9]*\](?=\s*[\[\{]))*"
        + @"(?:\s*(?<open>\()|!\s*(?<open>\[)|\s*(?<open>\{))?")]
    private static partial Regex Word();

    [GeneratedRegex(@"\G\s*\{")]
    private static partial Regex Brace();

    [GeneratedRegex(@"\G\\(?:u\{(?<hex>[0-9a-fA-F]{1,6})\}|u(?<hex>[0-9a-fA-F]{4})|U(?<hex>[0-9a-fA-F]{8})|"
        + @"x(?<hex>[0-9a-fA-F]{2})|(?<octal>[0-7]{1,3})|(?<plain>[^\n]))")]
    private static partial Regex Escape();
}
