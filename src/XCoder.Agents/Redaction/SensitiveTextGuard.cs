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
