using System.Text.RegularExpressions;

namespace XCoder.Agents.Redaction;

/// <summary>Finds passwords and secrets by the name they are given to.</summary>
internal sealed class AssignmentFinder(SensitiveRules rules, ValueShape shape) : IFinder
{
    private const int LongestName = 64;
    private const int LongestLine = 160;
    private const int LeastSecret = 16;

    private static readonly string[] ConnectionWords = ["server=", "data source=", "user id=", "uid=", "host=", "initial catalog=", "database=", "username=", "user="];

    private readonly SecretNames _names = new(rules);
    private readonly (SensitiveKind Kind, NamedRule Rule, Lazy<Regex> Pattern)[] _named = [.. rules.Named.Select(rule =>
        (new SensitiveKind(rule.Id, rule.Placeholder), rule, new Lazy<Regex>(() => new Regex($@"\A(?:{rule.Value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))))];

    /// <summary>What makes a name worth a look, in any case.</summary>
    public static IReadOnlyList<string> Keywords { get; } = ["pass", "pwd", "secret", "token", "apikey", "api_key", "api-key", "accesskey", "access_key", "access-key", "accountkey", "account_key", "authkey", "auth_key", "auth-key", "privatekey", "private_key", "private-key", "appkey", "app_key", "app-key", "masterkey", "master_key", "signingkey", "signing_key", "encryptionkey", "encryption_key", "encryption-key", "sessionkey", "session_key", "credential", "consumerkey", "consumer_key", "subscriptionkey", "subscription-key", "subscription_key"];

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var (start, end) = (at, at);
        while (start > 0 && at - start < LongestName && IsOfName(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && end - at < LongestName && IsOfName(text[end]))
        {
            end++;
        }

        var (valueStart, valueEnd) = AssignedValue.Find(text, end, out var isQuoted);
        var value = text.AsSpan(valueStart, valueEnd - valueStart);
        if (value.Length < 4 || value[0] == '<' || value.Contains("${", StringComparison.Ordinal) || value.Contains("#{", StringComparison.Ordinal))
        {
            return;
        }

        var lineStart = Math.Max(0, valueStart - LongestLine);
        var line = text.AsSpan(lineStart, valueStart - lineStart);
        line = line[(line.LastIndexOf('\n') + 1)..];
        var says = _names.Of(text.AsSpan(start, end - start));
        if (says == SecretName.None && !text.AsSpan(start, end - start).EndsWith("key_id", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (IsNamed(line, value, out var kind))
        {
            found.Add(new Finding(valueStart, valueEnd, kind, Finding.Named));
        }
        else if (says == SecretName.Password && (isQuoted ? shape.IsPassword(value) : IsInConnection(line, value, valueEnd < text.Length ? text[valueEnd] : ' ') || shape.IsRandom(value, LeastSecret)))
        {
            found.Add(new Finding(valueStart, valueEnd, SensitiveKind.Password, Finding.Guess));
        }
        else if (says == SecretName.Secret && shape.IsRandom(value, LeastSecret) && !value.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            found.Add(new Finding(valueStart, valueEnd, SensitiveKind.Secret, Finding.Guess));
        }
    }

    private bool IsNamed(ReadOnlySpan<char> line, ReadOnlySpan<char> value, out SensitiveKind kind)
    {
        foreach (var (known, rule, pattern) in _named)
        {
            foreach (var name in rule.Names)
            {
                if (line.Contains(name, StringComparison.OrdinalIgnoreCase) && pattern.Value.IsMatch(value) && ValueShape.Entropy(value) >= rule.Entropy && !shape.IsPlaceholder(value))
                {
                    kind = known;
                    return true;
                }
            }
        }

        kind = SensitiveKind.Secret;
        return false;
    }

    // Server=…;Password=…
    private bool IsInConnection(ReadOnlySpan<char> line, ReadOnlySpan<char> value, char after)
    {
        if ((after != ';' && !line.Contains(';')) || value.IndexOfAny('$', '%', '(') >= 0 || shape.IsDummy(value) || shape.IsPlaceholder(value) || value.IndexOfAnyInRange('A', 'z') < 0)
        {
            return false;
        }

        foreach (var word in ConnectionWords)
        {
            if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';
}
