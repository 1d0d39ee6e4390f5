using System.Buffers;

namespace XCoder.Agents.Redaction;

/// <summary>Finds e-mail addresses, by the <c>@</c> in them.</summary>
internal sealed class MailFinder(SensitiveRules rules) : IFinder
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 120;

    private static readonly SearchValues<char> Local =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-");

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var start = at;
        while (start > 0 && at - start < LongestLocal && Local.Contains(text[start - 1]))
        {
            start--;
        }

        // An escape before it: \njoe@….
        start += start > 0 && text[start - 1] == '\\' && at - start > 1 && text[start] is 'n' or 't' or 'r' ? 1 : 0;
        while (start < at && text[start] is '.' or '-' or '+' or '_')
        {
            start++;
        }

        var domain = text.AsSpan(at + 1, Math.Min(LongestDomain, text.Length - at - 1));
        domain = domain[..(domain.IndexOfAnyExcept(HostParts.Characters) is >= 0 and var length ? length : domain.Length)].TrimEnd("-.");
        var end = at + 1 + domain.Length;
        if (IsMailbox(text, start, at) && IsDomain(domain) && !IsCode(text, end))
        {
            found.Add(new Finding(start, end, SensitiveKind.Email, Finding.Address));
        }
    }

    private bool IsMailbox(string text, int start, int at)
    {
        var local = text.AsSpan(start, at - start);
        return local.Length > 0 && local.IndexOfAnyInRange('A', 'z') >= 0
            && !rules.ServiceMailboxes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(local)
            && (start == 0
                || (text[start - 1] is not ('/' or '@' or '$' or '%' or '}' or '*') && !char.IsLetterOrDigit(text[start - 1])
                    && !IsUserOfUrl(text, start)));
    }

    // Of user:password@host, what stands before the @ is no mailbox.
    private static bool IsUserOfUrl(string text, int start)
    {
        var before = text.AsSpan(Math.Max(0, start - 80), Math.Min(80, start));
        before = before[(before.LastIndexOfAny(" \t\r\n\"'`<(,") + 1)..];
        return before.Contains("://", StringComparison.Ordinal) && before.IndexOf('?') < 0;
    }

    private bool IsDomain(ReadOnlySpan<char> domain)
    {
        var dot = domain.LastIndexOf('.');
        if (dot <= 0 || domain.Length > 100 || domain[0] is '.' or '-' || domain.Contains("..", StringComparison.Ordinal)
            || !rules.Tlds.GetAlternateLookup<ReadOnlySpan<char>>().Contains(domain[(dot + 1)..]))
        {
            return false;
        }

        // this@MainActivity.name; icon@2x.pl.
        for (var i = 1; i < domain.Length; i++)
        {
            if (char.IsAsciiLetterUpper(domain[i]) && char.IsAsciiLetterLower(domain[i - 1]))
            {
                return false;
            }
        }

        var first = domain[..domain.IndexOf('.')];
        var isSize = first.Length == 2 && char.IsAsciiDigit(first[0]) && first[1] == 'x';
        return !isSize && domain.Length - dot > 2 && (dot > 1) && !HostParts.IsExample(domain, rules);
    }

    // A call, an index, a longer name, a path as scp writes it.
    private static bool IsCode(string text, int end) =>
        end < text.Length
            && (text[end] is '(' or '_' or '[' or '=' or '@'
                || (text[end] == ':' && end + 1 < text.Length
                    && (char.IsAsciiLetterOrDigit(text[end + 1]) || text[end + 1] is '/' or '~')));
}

/// <summary>Finds the password of <c>scheme://user:password@host</c>.</summary>
internal sealed class UrlPasswordFinder(SensitiveRules rules, ValueShape shape) : IFinder
{
    public const string Keyword = "://";

    private const int Longest = 256;
    private const int Shortest = 4;
    private const string Ends = " \t\r\n\"'`<>{}()[]\\,;|/?#";

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var start = at + Keyword.Length;
        var rest = text.AsSpan(start, Math.Min(Longest, text.Length - start));
        var end = rest.IndexOf('@');
        if (end < 0)
        {
            return;
        }

        var colon = rest[..end].IndexOf(':');
        if (colon < 0 || rest[..end].ContainsAny(Ends) || rest[..end].IndexOfAny('$', '*') >= 0)
        {
            return;
        }

        var user = rest[..colon];
        var password = rest[(colon + 1)..end];
        var host = rest[(end + 1)..];
        host = host[..(host.IndexOfAnyExcept(HostParts.Characters) is >= 0 and var length ? length : host.Length)];
        if (password.Length - (3 * password.Count('%')) >= Shortest && host.Length > 0 && !password.SequenceEqual(user)
            && HasLetters(password)
            && !shape.IsDummy(password) && !shape.IsPlaceholder(password) && !password.Contains("%s", StringComparison.Ordinal)
            && !HostParts.IsExample(host, rules))
        {
            found.Add(new Finding(start + colon + 1, start + end, SensitiveKind.UrlPassword, Finding.Address));
        }
    }

    private static bool HasLetters(ReadOnlySpan<char> text) =>
        text.IndexOfAnyInRange('a', 'z') >= 0 || text.IndexOfAnyInRange('A', 'Z') >= 0 || text.Length >= 8;
}

/// <summary>Names of hosts.</summary>
internal static class HostParts
{
    /// <summary>What they are made of.</summary>
    public static SearchValues<char> Characters { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Whether a host stands for any: example.com and what lies below it, names under .test or .local.</summary>
    public static bool IsExample(ReadOnlySpan<char> host, SensitiveRules rules)
    {
        host = host.TrimEnd('.');
        var domains = rules.ExampleDomains.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = host; ; rest = rest[(rest.IndexOf('.') + 1)..])
        {
            if (domains.Contains(rest))
            {
                return true;
            }

            if (rest.IndexOf('.') < 0)
            {
                return rules.ExampleTlds.GetAlternateLookup<ReadOnlySpan<char>>().Contains(rest);
            }
        }
    }
}
