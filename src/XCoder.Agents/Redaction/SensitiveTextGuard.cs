using System.Globalization;
using System.Text;

namespace XCoder.Agents.Redaction;

/// <summary>
/// Finds secrets and personal data in text and replaces them by typed placeholders such as <c>&lt;AWS_ACCESS_KEY&gt;</c>. Equal values get
/// the same placeholder, and different values of a kind are numbered. Quotes and layout stay. Redacting a redacted text changes nothing.
/// Takes time linear in the text's length. Thread-safe.
/// </summary>
internal sealed class SensitiveTextGuard
{
    // Each round redacts what earlier rounds uncovered; no text so far needed more than two.
    private const int MostRounds = 4;

    private const string Hexadecimal = "0123456789abcdefABCDEF";
    private readonly KeywordTable _keywords = new();

    /// <summary>Builds the finders from the table that ships with the library.</summary>
    public SensitiveTextGuard()
    {
        var rules = SensitiveRules.Default;
        var shape = new ValueShape(rules);
        var checks = new TokenChecks(shape);
        foreach (var rule in rules.Tokens)
        {
            var finder = new TokenFinder(rule, shape, checks);
            foreach (var keyword in rule.Keywords)
            {
                _keywords.Add(keyword, finder);
            }
        }

        var assignments = new AssignmentFinder(rules, shape);
        foreach (var keyword in AssignmentFinder.Keywords(rules))
        {
            _keywords.Add(keyword, assignments, ignoreCase: true);
        }

        _keywords.Add("_KEY", assignments);
        _keywords.Add(PrivateKeyFinder.Keyword, new PrivateKeyFinder());
        _keywords.Add(UrlPasswordFinder.Keyword, new UrlPasswordFinder(rules, shape));
        AddAddresses(rules);
        AddNumbers(new NumberFinder(rules, shape));
        var (decoded, home) = (new DecodedKeyFinder(shape), new HomeFolderFinder(rules, shape));
        foreach (var keyword in DecodedKeyFinder.Keywords)
        {
            _keywords.Add(keyword, decoded);
        }

        foreach (var keyword in HomeFolderFinder.Keywords)
        {
            _keywords.Add(keyword, home);
        }
    }

    /// <summary>Returns the text with its secrets replaced, and the number of replacements by kind.</summary>
    public RedactedText Redact(string text)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var round = 0; round < MostRounds; round++)
        {
            var findings = Find(text);
            if (findings.Count == 0)
            {
                break;
            }

            foreach (var finding in findings)
            {
                counts[finding.Kind.Id] = counts.GetValueOrDefault(finding.Kind.Id) + 1;
            }

            text = Replace(text, findings);
        }

        return new RedactedText(text, counts);
    }

    /// <summary>Returns the sensitive ranges of a text, in order and without overlaps.</summary>
    internal List<Finding> Find(string text)
    {
        var found = new List<Finding>();
        _keywords.Find(text, found);
        Base64Finder.Find(text, IsSensitive, found);
        return Finding.Disjoint(found);
    }

    private bool IsSensitive(string plain)
    {
        var found = new List<Finding>();
        _keywords.Find(plain, found);
        return found.Count > 0;
    }

    private static string Replace(string text, List<Finding> findings)
    {
        var names = new PlaceholderNames(text, findings);
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var finding in findings)
        {
            result.Append(text, at, finding.Start - at).Append(names.Of(finding));
            at = finding.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private void AddAddresses(SensitiveRules rules)
    {
        var (mail, internet, hex) = (new MailFinder(rules), new InternetAddressFinder(rules), new HexAddressFinder());
        for (var c = '0'; c <= 'z'; c++)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                _keywords.Add($"@{c}", mail);
            }
        }

        _keywords.AddBeforeOthers('@', mail);
        var spelled = new SpelledMailFinder(rules, mail);
        foreach (var keyword in SpelledMailFinder.Keywords)
        {
            _keywords.Add(keyword, spelled, ignoreCase: true);
        }

        for (var c = '0'; c <= '9'; c++)
        {
            _keywords.Add($".{c}", internet);
        }

        foreach (var c in Hexadecimal)
        {
            _keywords.Add($":{c}", hex);
            _keywords.Add($"-{c}", hex);
        }

        _keywords.Add("::", hex);
    }

    private void AddNumbers(NumberFinder numbers)
    {
        for (var second = '0'; second <= '9'; second++)
        {
            for (var first = '0'; first <= 'Z'; first++)
            {
                if (char.IsAsciiDigit(first) || char.IsAsciiLetterUpper(first))
                {
                    _keywords.Add($"{first}{second}", numbers);
                }
            }
        }
    }
}

/// <summary>A text whose secrets and personal data were replaced.</summary>
/// <param name="Text">The text with placeholders.</param>
/// <param name="Counts">Replacements by kind; empty when nothing was found.</param>
internal sealed record RedactedText(string Text, IReadOnlyDictionary<string, int> Counts);

/// <summary>Redacts the texts of one row and counts the replacements over all of them.</summary>
internal sealed class RedactionTally(SensitiveTextGuard guard, IReadOnlyDictionary<string, int>? before = null)
{
    private readonly SortedDictionary<string, int> _counts =
        new((before ?? new Dictionary<string, int>()).ToDictionary(), StringComparer.Ordinal);

    /// <summary>Replacements by kind so far.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Returns the text with its secrets replaced, and counts the replacements.</summary>
    public string Redact(string text)
    {
        var redacted = guard.Redact(text);
        foreach (var (kind, count) in redacted.Counts)
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + count;
        }

        return redacted.Text;
    }
}

/// <summary>Assigns placeholders to a text's findings: equal values share one, different values of a kind are numbered in order.</summary>
internal sealed class PlaceholderNames
{
    private const int MostDigits = 8;

    private readonly string _text;
    private readonly Dictionary<(string Word, string Value), string> _names = [];

    /// <summary>Assigns the placeholders. Placeholders that the text already contains are not reused.</summary>
    public PlaceholderNames(string text, IReadOnlyList<Finding> findings)
    {
        _text = text;
        foreach (var kind in findings.Select(Key).Distinct().GroupBy(key => key.Word).ToList())
        {
            var isOne = kind.Count() == 1 && !text.Contains($"<{kind.Key}>", StringComparison.Ordinal);
            var number = isOne ? 0 : Greatest($"<{kind.Key}_");
            foreach (var key in kind)
            {
                _names[key] = isOne ? $"<{kind.Key}>" : $"<{kind.Key}_{++number}>";
            }
        }
    }

    /// <summary>Returns the placeholder of a finding.</summary>
    public string Of(Finding finding) => _names[Key(finding)];

    // Returns the highest number among the placeholders that the text already contains.
    private int Greatest(string start)
    {
        var greatest = 0;
        for (var at = _text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = _text.IndexOf(start, at, StringComparison.Ordinal))
        {
            at += start.Length;
            var end = _text.AsSpan(at, Math.Min(MostDigits + 1, _text.Length - at)).IndexOf('>');
            greatest = end > 0 && int.TryParse(_text.AsSpan(at, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? Math.Max(greatest, number) : greatest;
        }

        return greatest;
    }

    private (string Word, string Value) Key(Finding finding) => (finding.Kind.Placeholder, _text[finding.Start..finding.End]);
}
