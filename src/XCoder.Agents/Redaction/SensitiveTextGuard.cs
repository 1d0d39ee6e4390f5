using System.Globalization;
using System.Text;

namespace XCoder.Agents.Redaction;

/// <summary>
/// Finds secrets and personal data in text and replaces them by typed placeholders: <c>&lt;AWS_ACCESS_KEY&gt;</c>. Equal values get one
/// placeholder, several values of a kind are numbered, quotes and layout stay; a redacted text holds nothing more to
/// redact. Takes time linear in the text's length. Safe for concurrent use.
/// </summary>
internal sealed class SensitiveTextGuard
{
    // Each round sees what the one before left; more than two were never needed.
    private const int MostRounds = 4;

    private const string Hexadecimal = "0123456789abcdefABCDEF";
    private readonly KeywordTable _keywords = new();

    /// <summary>Reads the table of what is sensitive.</summary>
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
        foreach (var keyword in AssignmentFinder.Keywords)
        {
            _keywords.Add(keyword, assignments, ignoreCase: true);
        }

        _keywords.Add(PrivateKeyFinder.Keyword, new PrivateKeyFinder());
        _keywords.Add(UrlPasswordFinder.Keyword, new UrlPasswordFinder(rules, shape));
        AddAddresses(rules);
    }

    /// <summary>A text without its secrets.</summary>
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

    /// <summary>What is sensitive in a text, in order, disjoint.</summary>
    internal List<Finding> Find(string text)
    {
        var found = new List<Finding>();
        _keywords.Find(text, found);
        return Finding.Disjoint(found);
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
        var (mail, internet, hex) = (new MailFinder(rules), new InternetAddressFinder(), new HexAddressFinder());
        for (var c = '0'; c <= 'z'; c++)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                _keywords.Add($"@{c}", mail);
            }
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
}

/// <summary>A text whose secrets and personal data were replaced.</summary>
/// <param name="Text">The text with placeholders.</param>
/// <param name="Counts">Replacements by kind; empty where nothing was found.</param>
internal sealed record RedactedText(string Text, IReadOnlyDictionary<string, int> Counts);

/// <summary>Redacts the texts of one row and counts what was replaced in all of them.</summary>
internal sealed class RedactionTally(SensitiveTextGuard guard, IReadOnlyDictionary<string, int>? before = null)
{
    private readonly SortedDictionary<string, int> _counts =
        new((before ?? new Dictionary<string, int>()).ToDictionary(), StringComparer.Ordinal);

    /// <summary>Replacements by kind so far.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>A text without its secrets.</summary>
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

/// <summary>
/// Many keywords found in one pass: the first two characters lead to the few keywords that begin so. Keywords are ASCII
/// of two characters at least.
/// </summary>
internal sealed class KeywordTable
{
    private const int Ascii = 128;

    private readonly ushort[] _slots = new ushort[Ascii * Ascii];
    private readonly List<List<Entry>> _entries = [[]];

    /// <summary>Makes a keyword known.</summary>
    public void Add(string keyword, IFinder finder, bool ignoreCase = false)
    {
        var entry = new Entry(keyword, finder, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
        foreach (var first in Cases(keyword[0], ignoreCase))
        {
            foreach (var second in Cases(keyword[1], ignoreCase))
            {
                ref var slot = ref _slots[(first * Ascii) + second];
                if (slot == 0)
                {
                    slot = (ushort)_entries.Count;
                    _entries.Add([]);
                }

                _entries[slot].Add(entry);
            }
        }
    }

    /// <summary>Lets every keyword's finder look wherever the keyword stands.</summary>
    public void Find(string text, List<Finding> found)
    {
        for (var at = 0; at + 1 < text.Length; at++)
        {
            var (first, second) = (text[at], text[at + 1]);
            if ((first | second) >= Ascii || _slots[(first * Ascii) + second] is not (> 0 and var slot))
            {
                continue;
            }

            foreach (var entry in _entries[slot])
            {
                if (text.AsSpan(at).StartsWith(entry.Keyword, entry.Comparison))
                {
                    entry.Finder.Find(text, at, found);
                }
            }
        }
    }

    private static IEnumerable<char> Cases(char c, bool both) =>
        both && char.IsAsciiLetter(c) ? [char.ToLowerInvariant(c), char.ToUpperInvariant(c)] : [c];

    private sealed record Entry(string Keyword, IFinder Finder, StringComparison Comparison);
}

/// <summary>The placeholders of a text's findings: equal values share one, several values of a kind are numbered in their order.</summary>
internal sealed class PlaceholderNames
{
    private const int MostDigits = 8;

    private readonly string _text;
    private readonly Dictionary<(string Word, string Value), string> _names = [];

    /// <summary>Names the findings of a text; a placeholder that stands in it already is not given anew.</summary>
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

    /// <summary>The placeholder of a finding.</summary>
    public string Of(Finding finding) => _names[Key(finding)];

    // The greatest number of a placeholder that stands in the text already.
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
