namespace XCoder.Agents.Redaction;

/// <summary>Finds IPv4 addresses of machines. Skips version numbers, masks, networks and well-known addresses.</summary>
internal sealed class InternetAddressFinder(SensitiveRules rules) : IFinder
{
    private const int LineBefore = 48;

    // A low first number is more often a version or an object id than an address, unless the line suggests an address.
    private const int LowFirst = 24;

    private static readonly string[] VersionWords = ["version", "release", "assembly", "semver", "firmware", "chrome", "safari", "mozilla",
        "oid", "section", "rfc", "ver.", "ver=", "\"v", "'v", " v", "upgrade", "build", "runtime", "sdk", "package", "nuget", "dll"];
    private static readonly string[] AddressWords = [" ip", "_ip", "\"ip", "'ip", "(ip", "ip=", "ip =", "ipv4", "inet", "host", "addr",
        "server", "://", "gateway", "dns", "proxy", "remote", "peer", "subnet", "ping", "listen", "bind", "connect", "socket", "endpoint",
        "client", "network", "route"];

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var start = at;
        while (start > 0 && at - start < 4 && char.IsAsciiDigit(text[start - 1]))
        {
            start--;
        }

        if (start == at
            || (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '-' or '+' or '\\' or '%')))
        {
            return;
        }

        Span<int> numbers = stackalloc int[4];
        var end = Read(text, start, numbers);
        if (end > 0 && IsMachine(numbers) && !IsLonger(text, end) && !IsVersion(text, start, end, numbers)
            && !rules.ExampleAddresses.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.AsSpan(start, end - start)))
        {
            found.Add(new Finding(start, end, SensitiveKind.Address4, Finding.Address));
        }
    }

    // Returns the index after the fourth number, or 0 when there is no address.
    private static int Read(string text, int at, Span<int> numbers)
    {
        for (var i = 0; i < 4; i++)
        {
            var first = at;
            while (at < text.Length && at - first < 4 && char.IsAsciiDigit(text[at]))
            {
                numbers[i] = (numbers[i] * 10) + text[at++] - '0';
            }

            if (at == first || numbers[i] > 255 || at - first > 3 || (text[first] == '0' && at - first > 1)
                || (i < 3 && (at == text.Length || text[at++] != '.')))
            {
                return 0;
            }
        }

        return at;
    }

    // Excludes loopback, documentation, multicast and network addresses (RFC 6890), public resolvers and examples such as 1.2.3.4.
    private static bool IsMachine(ReadOnlySpan<int> n) => n switch
    {
        [0 or 127 or >= 224, ..] or [_, _, _, 0 or 255] => false,
        [192, 0, 2, _] or [198, 51, 100, _] or [203, 0, 113, _] or [169, 254, 169, 254] or [198, 18 or 19, _, _] => false,
        [8, 8, 8, 8] or [8, 8, 4, 4] or [1, 1, 1, 1] or [1, 0, 0, 1] or [9, 9, 9, 9] => false,
        _ => !(n[1] == n[0] + 1 && n[2] == n[1] + 1 && n[3] == n[2] + 1) && !(n[1] == n[0] - 1 && n[2] == n[1] - 1 && n[3] == n[2] - 1)
            && !(n[0] == n[1] && n[1] == n[2] && n[2] == n[3]),
    };

    private static bool IsLonger(string text, int end) =>
        end < text.Length
            && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or '+'
                || (text[end] == '.' && end + 1 < text.Length && char.IsLetterOrDigit(text[end + 1])));

    private static bool IsVersion(string text, int start, int end, ReadOnlySpan<int> numbers)
    {
        var before = text.AsSpan(Math.Max(0, start - LineBefore), Math.Min(LineBefore, start));
        before = before[(before.LastIndexOf('\n') + 1)..];
        if (ContainsAny(before, VersionWords) || (start > 0 && text[start - 1] is 'v' or '/' && !before.EndsWith("//")))
        {
            return true;
        }

        var after = text.AsSpan(end, Math.Min(LineBefore, text.Length - end));
        after = after[..(after.IndexOf('\n') is >= 0 and var line ? line : after.Length)];
        var isLow = numbers[0] < LowFirst
            && !(numbers[0] == 10 && (numbers[1] > 50 || numbers[2] > 0 || numbers[3] > 20 || numbers[1] == 0));
        return isLow && !ContainsAny(before, AddressWords) && !(after.StartsWith(":") && after.Length > 1 && char.IsAsciiDigit(after[1]));
    }

    private static bool ContainsAny(ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
