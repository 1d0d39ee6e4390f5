using System.Text.RegularExpressions;

namespace XCoder.Agents.Redaction;

/// <summary>Finds passwords and secrets by the name of the variable, key, parameter or option that holds them.</summary>
internal sealed class AssignmentFinder(SensitiveRules rules, ValueShape shape) : IFinder
{
    private const int LongestName = 64;
    private const int LongestLine = 160;
    private const int LeastSecret = 16;

    private static readonly string[] ConnectionWords = ["server=", "data source=", "user id=", "uid=", "host=", "initial catalog=",
        "database=", "username=", "user=", "dbname=", "jdbc:"];

    // Parts of names that make a value worth checking; case is ignored.
    private static readonly string[] Words = ["secret", "token", "apikey", "api_key", "api-key", "accesskey",
        "access_key", "access-key", "accountkey", "account_key", "authkey", "auth_key", "auth-key", "privatekey", "private_key",
        "private-key", "privkey", "priv_key", "appkey", "app_key", "app-key", "masterkey", "master_key", "signingkey", "signing_key",
        "encryptionkey", "encryption_key", "encryption-key", "sessionkey", "session_key", "credential", "consumerkey", "consumer_key",
        "subscriptionkey", "subscription-key", "subscription_key", "sharedkey", "shared_key", "hmackey", "hmac_key", "aeskey", "aes_key",
        "licensekey", "license_key", "motdepasse", "mot_de_passe", "mot-de-passe"];

    private readonly SecretNames _names = new(rules);
    private readonly (SensitiveKind Kind, NamedRule Rule, Lazy<Regex> Pattern)[] _named = [.. rules.Named.Select(rule =>
        (new SensitiveKind(rule.Id, rule.Placeholder), rule,
            new Lazy<Regex>(() => new Regex($@"\A(?:{rule.Value})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))))];

    /// <summary>Parts of names that make a value worth checking, whatever their case; none begins with another.</summary>
    public static IEnumerable<string> Keywords(SensitiveRules rules)
    {
        var all = Words.Concat(rules.PasswordWords).Distinct().ToList();
        return all.Where(word => !all.Exists(other => other != word && word.StartsWith(other, StringComparison.Ordinal)));
    }

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

        var name = text.AsSpan(start, end - start);
        var says = _names.Of(name);
        if (says == SecretName.None && !name.EndsWith("key_id", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var (valueStart, valueEnd) = AssignedValue.Find(text, start, end, out var form);
        Judge(text, start, valueStart, valueEnd, form, says, found);
        if (says == SecretName.Password && AssignedValue.Before(text, start) is { End: > 0 } compared)
        {
            Judge(text, start, compared.Start, compared.End, ValueForm.Quoted, says, found);
        }
    }

    private void Judge(string text, int nameStart, int start, int end, ValueForm form, SecretName says, List<Finding> found)
    {
        var value = text.AsSpan(start, end - start);
        value = form == ValueForm.Loose ? value.TrimEnd(".,:!") : value;
        end = start + value.Length;
        if (value.Length < 4 || value[0] == '<' || value.Contains("${", StringComparison.Ordinal)
            || value.Contains("#{", StringComparison.Ordinal))
        {
            return;
        }

        var lineStart = Math.Max(0, start - LongestLine);
        var line = text.AsSpan(lineStart, start - lineStart);
        line = line[(line.LastIndexOf('\n') + 1)..];
        if (form == ValueForm.Loose && !IsLoose(text, nameStart))
        {
            return;
        }

        if (IsNamed(line, value, out var kind))
        {
            found.Add(new Finding(start, end, kind, Finding.Named));
        }
        else if (says == SecretName.Password && IsPassword(text, nameStart, line, start, end, form))
        {
            found.Add(new Finding(start, end, SensitiveKind.Password, Finding.Guess));
        }
        else if (says == SecretName.Secret && shape.IsRandom(value, LeastSecret)
            && !value.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            found.Add(new Finding(start, end, SensitiveKind.Secret, Finding.Guess));
        }
    }

    private bool IsPassword(string text, int nameStart, ReadOnlySpan<char> line, int start, int end, ValueForm form)
    {
        var value = text.AsSpan(start, end - start);
        return form switch
        {
            ValueForm.Quoted => shape.IsPassword(value),
            ValueForm.Bare => IsInConnection(line, value, end < text.Length ? text[end] : ' ') || shape.IsRandom(value, LeastSecret)
                || (shape.IsPassword(value) && IsShell(text, nameStart, end)
                    && IsNoIdentifier(value, text.AsSpan(nameStart, start - nameStart))),
            _ => shape.IsPassword(value) && IsStrong(value),
        };
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

    // Recognises connection strings: Server=…;Password=…, host=… user=… password=… and …?user=…&password=….
    private bool IsInConnection(ReadOnlySpan<char> line, ReadOnlySpan<char> value, char after)
    {
        if ((after is not (';' or '&') && line.IndexOfAny(";?& ") < 0) || value.IndexOfAny('$', '%', '(') >= 0 || after == '('
            || shape.IsDummy(value) || shape.IsPlaceholder(value) || value.IndexOfAnyInRange('A', 'z') < 0)
        {
            return false;
        }

        foreach (var word in ConnectionWords)
        {
            if (line.IndexOf(word, StringComparison.OrdinalIgnoreCase) is var at and >= 0
                && (at == 0 || !char.IsAsciiLetterOrDigit(line[at - 1]))
                && (line.Contains(';') || after is ';' or '&' or '"' or '\'' or ' '))
            {
                return !line.Contains(", ", StringComparison.Ordinal);
            }
        }

        return false;
    }

    // Whether an assignment is one of a shell, a Dockerfile or a file of settings: NAME=v alone on its line, or exported.
    private static bool IsShell(string text, int nameStart, int end)
    {
        if (end < text.Length && text[end] is '(' or ',' or ')' or ']' or '}' or '[' or ';')
        {
            return text[end] == ';' && IsExported(LineBefore(text, nameStart));
        }

        var before = LineBefore(text, nameStart);
        return before.Length == 0 || before is "-" || text.AsSpan(nameStart).StartsWith("--") || IsExported(before);
    }

    private static bool IsExported(ReadOnlySpan<char> before)
    {
        var last = before[(before.LastIndexOf(' ') + 1)..];
        return last is "export" or "set" or "env" or "ENV" or "ARG" or "-e" or "--env" or "declare" or "-x" or "setx"
            || last.EndsWith("Environment=")
            || (last.Contains('=') && last.Length > 2 && char.IsAsciiLetterUpper(last[0]));
    }

    // A value that may be a name of the language is none if the assigned name is one of a constant.
    private static bool IsNoIdentifier(ReadOnlySpan<char> value, ReadOnlySpan<char> name) => name.StartsWith("--")
        || value.IndexOfAny("!@#%^*+~/-:") >= 0 || (!value.Contains('.') && name.IndexOfAnyInRange('a', 'z') < 0);

    // Whether a name with a value as a word behind it is an option, a header or in a comment.
    private static bool IsLoose(string text, int nameStart)
    {
        if (text.AsSpan(nameStart).StartsWith("--") || text.AsSpan(nameStart).StartsWith("X-", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var before = LineBefore(text, nameStart);
        return before.StartsWith("#") || before.StartsWith("*") || before.StartsWith("--") || before.StartsWith(";")
            || before.StartsWith("%")
            || before.StartsWith("(*") || before.StartsWith("{-") || before.StartsWith("/*") || before.StartsWith("//")
            || before.Contains(" // ", StringComparison.Ordinal) || before.Contains(" # ", StringComparison.Ordinal)
            || before.Contains("; //", StringComparison.Ordinal) || before.Contains(" /* ", StringComparison.Ordinal)
            || before.Contains(" -- ", StringComparison.Ordinal) || before.Contains("<!--", StringComparison.Ordinal);
    }

    // Unlike a type or another word, the value has a sign, or capitals, small letters and two digits.
    private static bool IsStrong(ReadOnlySpan<char> value)
    {
        var digits = 0;
        foreach (var c in value)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return value.IndexOfAny("!@#%^*$~+") >= 0
            || (digits >= 2 && value.IndexOfAnyInRange('A', 'Z') >= 0 && value.IndexOfAnyInRange('a', 'z') >= 0
                && !value.ContainsAny("./:"));
    }

    private static ReadOnlySpan<char> LineBefore(string text, int at)
    {
        var from = Math.Max(0, at - LongestLine);
        var line = text.AsSpan(from, at - from);
        return line[(line.LastIndexOf('\n') + 1)..].Trim();
    }

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.';
}
