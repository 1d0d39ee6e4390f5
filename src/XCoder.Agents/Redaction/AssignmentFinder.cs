using System.Text.RegularExpressions;

namespace XCoder.Agents.Redaction;

/// <summary>Finds passwords and secrets by the name they are given to.</summary>
internal sealed class AssignmentFinder(SensitiveRules rules, ValueShape shape) : IFinder
{
    private const int LongestName = 64;
    private const int LongestLine = 160;
    private const int LeastSecret = 16;

    private static readonly string[] ConnectionWords = ["server=", "data source=", "user id=", "uid=", "host=", "initial catalog=",
        "database=", "username=", "user="];

    private readonly SecretNames _names = new(rules);
    private readonly (SensitiveKind Kind, NamedRule Rule, Lazy<Regex> Pattern)[] _named = [.. rules.Named.Select(rule =>
        (new SensitiveKind(rule.Id, rule.Placeholder), rule,
            new Lazy<Regex>(() => new Regex($@"\A(?:{rule.Value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))))];

    /// <summary>What makes a name worth a look, in any case.</summary>
    public static IReadOnlyList<string> Keywords { get; } = ["pass", "pwd", "secret", "token", "apikey", "api_key", "api-key", "accesskey",
        "access_key", "access-key", "accountkey", "account_key", "authkey", "auth_key", "auth-key", "privatekey", "private_key",
        "private-key", "appkey", "app_key", "app-key", "masterkey", "master_key", "signingkey", "signing_key", "encryptionkey",
        "encryption_key", "encryption-key", "sessionkey", "session_key", "credential", "consumerkey", "consumer_key", "subscriptionkey",
        "subscription-key", "subscription_key"];

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
        if (value.Length < 4 || value[0] == '<' || value.Contains("${", StringComparison.Ordinal)
            || value.Contains("#{", StringComparison.Ordinal))
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
        else if (says == SecretName.Password
            && (isQuoted ? shape.IsPassword(value) : IsInConnection(line, value, valueEnd < text.Length ? text[valueEnd] : ' ')
                || shape.IsRandom(value, LeastSecret)))
        {
            found.Add(new Finding(valueStart, valueEnd, SensitiveKind.Password, Finding.Guess));
        }
        else if (says == SecretName.Secret && shape.IsRandom(value, LeastSecret)
            && !value.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
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
                if (line.Contains(name, StringComparison.OrdinalIgnoreCase) && pattern.Value.IsMatch(value)
                    && ValueShape.Entropy(value) >= rule.Entropy && !shape.IsPlaceholder(value))
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
        if ((after != ';' && !line.Contains(';')) || value.IndexOfAny('$', '%', '(') >= 0 || shape.IsDummy(value)
            || shape.IsPlaceholder(value) || value.IndexOfAnyInRange('A', 'z') < 0)
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

/// <summary>
/// Finds the literal that a name is given, in whatever language: <c>name = "v"</c>, <c>"name": 'v'</c>, <c>name("v")</c>, <c>NAME=v</c>.
/// </summary>
internal static class AssignedValue
{
    private const int LongestGap = 64;
    private const int LongestValue = 256;

    /// <summary>The value behind a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nameEnd">Behind the name.</param>
    /// <param name="isQuoted">Whether it stands between quotes.</param>
    /// <returns>Where it stands; an empty range where there is none.</returns>
    public static (int Start, int End) Find(string text, int nameEnd, out bool isQuoted)
    {
        isQuoted = false;
        var limit = Math.Min(text.Length, nameEnd + LongestGap);
        var at = SkipName(text, nameEnd, limit);
        var operation = at;
        at = SkipOperator(text, at, limit);
        if (at == operation)
        {
            return default;
        }

        if (text[at - 1] == '=' && at - operation == 1 && operation == nameEnd && at < text.Length && IsOfBare(text[at]))
        {
            return Bare(text, at);
        }

        at = SkipCalls(text, at, limit);
        if (at >= limit || text[at] is not ('"' or '\'' or '`'))
        {
            return operation < limit && text[operation] == '>' ? Bare(text, operation + 1) : default;
        }

        isQuoted = true;
        var end = text.AsSpan(at + 1, Math.Min(LongestValue, text.Length - at - 1)).IndexOfAny(text[at], '\n');
        return end > 0 && text[at + 1 + end] == text[at] ? (at + 1, at + 1 + end) : default;
    }

    // The quote and bracket that close a name, its type, its array's brackets.
    private static int SkipName(string text, int at, int limit)
    {
        while (at < limit && text[at] is '"' or '\'' or '`' or ']' or '\\')
        {
            at++;
        }

        at = SkipSpace(text, at, limit);
        if (at < limit && text[at] == '[')
        {
            at++;
            while (at < limit && char.IsAsciiLetterOrDigit(text[at]))
            {
                at++;
            }

            at = SkipSpace(text, at < limit && text[at] == ']' ? at + 1 : at, limit);
        }

        return at;
    }

    private static int SkipOperator(string text, int at, int limit)
    {
        if (at < limit && text[at] is ',' or '(' or '>')
        {
            return at + 1;
        }

        var start = at;
        while (at < limit && at - start < 3 && text[at] is '=' or ':' or '?' or '|' or '!' or '<' or '-' or '>')
        {
            at++;
        }

        var after = at;
        // name: Type = "v"
        if (at > start && text[at - 1] == ':' && at - start == 1)
        {
            at = SkipSpace(text, at, limit);
            while (at < limit
                && (char.IsAsciiLetterOrDigit(text[at])
                    || text[at] is '&' or '\'' or '.' or '_' or '<' or '>' or '?' or ' ' or '*' or '[' or ']'))
            {
                at++;
            }

            return at < limit && text[at] == '=' ? at + 1 : after;
        }

        return at;
    }

    // b"v", String::from("v"), ("v", new SecretString("v").
    private static int SkipCalls(string text, int at, int limit)
    {
        at = SkipSpace(text, at, limit);
        while (at < limit
            && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' or ':' or '_' or '(' or '@' or '$' or '&' or ' ' or '['))
        {
            at++;
        }

        return at;
    }

    private static int SkipSpace(string text, int at, int limit)
    {
        while (at < limit && text[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return at;
    }

    private static (int Start, int End) Bare(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LongestValue && IsOfBare(text[end]))
        {
            end++;
        }

        return (at, end);
    }

    private static bool IsOfBare(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or '/' or '=' or '.' or '~' or '!' or '@' or '#' or '%' or '^' or '*' or ':'
            or '$';
}
