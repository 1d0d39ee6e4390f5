using System.Buffers;
using System.Collections.Frozen;

namespace XCoder.Agents.Redaction;

/// <summary>Finds e-mail addresses by their <c>@</c>.</summary>
internal sealed class MailFinder(SensitiveRules rules) : IFinder
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 120;

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var start = at;
        while (start > 0 && at - start < LongestLocal && IsOfLocal(text[start - 1]))
        {
            start--;
        }

        // Skip an escape before the address, as in \njoe@….
        start += start > 0 && text[start - 1] == '\\' && at - start > 1 && text[start] is 'n' or 't' or 'r' ? 1 : 0;
        while (start < at && text[start] is '.' or '-' or '+' or '_')
        {
            start++;
        }

        var domain = text.AsSpan(at + 1, Math.Min(LongestDomain, text.Length - at - 1));
        domain = domain[..HostParts.Length(domain)].TrimEnd("-.");
        var end = at + 1 + domain.Length;
        if (IsMailbox(text, start, at) && (IsDomain(domain) || IsInternal(text.AsSpan(start, at - start), domain)) && !IsCode(text, end))
        {
            found.Add(new Finding(start, end, SensitiveKind.Email, Finding.Address));
        }
    }

    private static bool IsOfLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '+' or '-';

    private bool IsMailbox(string text, int start, int at)
    {
        var local = text.AsSpan(start, at - start);
        return local.Length > 0 && HasLetter(local)
            && !rules.ServiceMailboxes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(local)
            && (start == 0
                || (text[start - 1] is not ('/' or '@' or '$' or '%' or '}' or '*') && !char.IsLetterOrDigit(text[start - 1])
                    && !IsUserOfUrl(text, start)));
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetter(c))
            {
                return true;
            }
        }

        return false;
    }

    // first.last@hq.corp: the local part of a person, at a domain within an organisation.
    private bool IsInternal(ReadOnlySpan<char> local, ReadOnlySpan<char> domain)
    {
        var (dot, last) = (local.IndexOf('.'), domain.LastIndexOf('.'));
        return dot > 1 && local.Length - dot > 2 && !local.ContainsAnyInRange('A', 'Z') && last > 1
            && rules.InternalTlds.GetAlternateLookup<ReadOnlySpan<char>>().Contains(domain[(last + 1)..]);
    }

    // A listed one, one in punycode, or one in another script.
    private bool IsTopLevel(ReadOnlySpan<char> name)
    {
        if (rules.Tlds.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
        {
            return true;
        }

        var isForeign = name.Length >= 2;
        foreach (var c in name)
        {
            isForeign &= c > 127 && char.IsLetter(c);
        }

        return isForeign || (name.StartsWith("xn--") && name.Length > 6);
    }

    // In user:password@host, the text before the @ is not a mailbox.
    private static bool IsUserOfUrl(string text, int start)
    {
        var before = text.AsSpan(Math.Max(0, start - 80), Math.Min(80, start));
        before = before[(before.LastIndexOfAny(" \t\r\n\"'`<(,") + 1)..];
        return before.Contains("://", StringComparison.Ordinal) && before.IndexOf('?') < 0;
    }

    /// <summary>Whether a domain can be one of a mailbox that is not an example.</summary>
    public bool IsDomain(ReadOnlySpan<char> domain)
    {
        var dot = domain.LastIndexOf('.');
        if (dot <= 0 || domain.Length > 100 || domain[0] is '.' or '-' || domain.Contains("..", StringComparison.Ordinal)
            || !IsTopLevel(domain[(dot + 1)..]))
        {
            return false;
        }

        // Excludes code and file names such as this@MainActivity.name and icon@2x.pl.
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

    // Whether code continues after the domain: a call, an index, a longer name or an scp path.
    private static bool IsCode(string text, int end) =>
        end < text.Length
            && (text[end] is '(' or '_' or '[' or '=' or '@'
                || (text[end] == ':' && end + 1 < text.Length
                    && (char.IsAsciiLetterOrDigit(text[end + 1]) || text[end + 1] is '/' or '~')));
}

/// <summary>Recognises host names.</summary>
internal static class HostParts
{
    /// <summary>Characters of host names.</summary>
    public static SearchValues<char> Characters { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Number of characters at the start of a text that a host name, of any script, may have.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (Characters.Contains(text[length]) || (text[length] > 127 && char.IsLetter(text[length]))))
        {
            length++;
        }

        return length;
    }

    /// <summary>Whether a host is one of examples, unlike one of an internal machine.</summary>
    public static bool IsReserved(ReadOnlySpan<char> host, SensitiveRules rules) => IsOneOf(host, rules.ExampleDomains, rules.ReservedTlds);

    /// <summary>Whether a host is a placeholder: example.com and its subdomains, or a name under .test or .local.</summary>
    public static bool IsExample(ReadOnlySpan<char> host, SensitiveRules rules) => IsOneOf(host, rules.ExampleDomains, rules.ExampleTlds);

    private static bool IsOneOf(ReadOnlySpan<char> host, FrozenSet<string> examples, FrozenSet<string> tops)
    {
        host = host.TrimEnd('.');
        var domains = examples.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = host; ; rest = rest[(rest.IndexOf('.') + 1)..])
        {
            if (domains.Contains(rest))
            {
                return true;
            }

            if (rest.IndexOf('.') < 0)
            {
                return tops.GetAlternateLookup<ReadOnlySpan<char>>().Contains(rest);
            }
        }
    }
}
