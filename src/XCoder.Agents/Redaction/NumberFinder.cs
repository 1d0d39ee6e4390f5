using System.Text.RegularExpressions;

namespace XCoder.Agents.Redaction;

/// <summary>Finds numbers of people that carry check digits: account and card numbers, and national ids.</summary>
internal sealed class NumberFinder : IFinder
{
    private const int LeastDigits = 7;
    private const int Window = 48;
    private const int LongestLine = 100;
    private const int MostCapitals = 6;

    private readonly SensitiveRules _rules;
    private readonly ValueShape _shape;
    private readonly HashSet<string> _examples;
    private readonly (NumberRule Rule, SensitiveKind Kind, Lazy<Regex> Pattern)[] _numbers;

    /// <summary>Prepares the rules of the table.</summary>
    public NumberFinder(SensitiveRules rules, ValueShape shape)
    {
        (_rules, _shape) = (rules, shape);
        _examples = [.. rules.ExampleNumbers];
        _numbers = [.. rules.Numbers.Select(static rule => (rule, new SensitiveKind(rule.Id, rule.Placeholder),
            new Lazy<Regex>(() => new Regex($@"\A(?:{rule.Pattern})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))))];
    }

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var start = at;
        while (start > 0 && at - start <= MostCapitals && char.IsAsciiLetterUpper(text[start - 1]) && char.IsAsciiLetterUpper(text[at]))
        {
            start--;
        }

        if (start > 0 && IsOfNumber(text, start - 1) || !HasDigits(text.AsSpan(start, Math.Min(Window, text.Length - start))))
        {
            return;
        }

        foreach (var (rule, kind, pattern) in _numbers)
        {
            var match = pattern.Value.Match(text, start, Math.Min(Window, text.Length - start));
            var end = start + (rule.Check == "iban" ? AccountLength(match.ValueSpan) : match.Length);
            if (match.Success && !IsFollowed(text, end) && IsNumber(rule, text[start..end]) && IsMeant(rule, text, start, end))
            {
                found.Add(new Finding(start, end, kind, Finding.Named));
                return;
            }
        }
    }

    // The length with separators of the account number at the start of a text, which words in capitals may follow.
    private int AccountLength(ReadOnlySpan<char> text)
    {
        var left = text.Length > 1 ? _rules.AccountLengths.GetValueOrDefault(text[..2].ToString()) : 0;
        var length = 0;
        while (length < text.Length && left > 0)
        {
            left -= text[length++] == ' ' ? 0 : 1;
        }

        return left == 0 ? length : text.Length;
    }

    private bool IsNumber(NumberRule rule, string value)
    {
        var number = string.Concat(value.Where(char.IsAsciiLetterOrDigit));
        var digits = number.Where(char.IsAsciiDigit).Distinct().Count();
        var isExample = _examples.Contains(number) || (rule.Words.Count > 0 || number.Length < 15) && _shape.IsPlaceholder(number);
        return digits > 2 && !isExample && CheckDigits.Pass(rule, number, _rules.AccountLengths);
    }

    // Whether a word before says what the number is, or its form does.
    private static bool IsMeant(NumberRule rule, string text, int start, int end)
    {
        if (rule.Words.Count == 0)
        {
            return true;
        }

        var from = Math.Max(0, start - LongestLine);
        var line = text.AsSpan(from, start - from);
        line = line[(line.LastIndexOf('\n') + 1)..];
        foreach (var word in rule.Words)
        {
            if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return rule.IsTold && (text.AsSpan(start, end - start).ContainsAny(" -./")
            || (start > 0 && end < text.Length && text[start - 1] is '"' or '\'' && text[end] == text[start - 1]));
    }

    private static bool HasDigits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else if (!char.IsAsciiLetterUpper(c) && c is not (' ' or '-' or '.' or '/'))
            {
                break;
            }
        }

        return digits >= LeastDigits;
    }

    private static bool IsOfNumber(string text, int at) => char.IsLetterOrDigit(text[at]) || text[at] is '_' or '#' or '\\'
        || (text[at] is '.' or '-' or '+' or ',' && at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]));

    private static bool IsFollowed(string text, int end) => end < text.Length
        && (char.IsLetterOrDigit(text[end]) || text[end] == '_'
            || (text[end] is '.' or '-' && end + 1 < text.Length && char.IsAsciiLetterOrDigit(text[end + 1])));
}

/// <summary>A number of a person; an entry of <c>sensitive.json</c>, which explains the fields.</summary>
internal sealed record NumberRule
{
    /// <summary>Id of its <see cref="SensitiveKind"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Word of its placeholder.</summary>
    public required string Placeholder { get; init; }

    /// <summary>Pattern of the number, with its separators.</summary>
    public required string Pattern { get; init; }

    /// <summary>Name of a check of <see cref="CheckDigits"/>; <c>weights</c> for those below.</summary>
    public required string Check { get; init; }

    /// <summary>Weights of the first digits, from the left.</summary>
    public IReadOnlyList<int> Weights { get; init; } = [];

    /// <summary>Modulus of the weighted sum.</summary>
    public int Modulus { get; init; } = 1;

    /// <summary>The check character of each remainder, a <c>?</c> for none; empty if the sum itself must be divisible.</summary>
    public string Signs { get; init; } = "";

    /// <summary>Words of which one must stand before it on its line; none if the form alone tells.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether quotes around it, or separators in it, tell as much as a word.</summary>
    public bool IsTold { get; init; }
}
