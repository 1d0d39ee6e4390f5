namespace XCoder.Agents.Redaction;

/// <summary>Finds the password in <c>scheme://user:password@host</c>.</summary>
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
        host = host[..HostParts.Length(host)];
        if (password.Length - (3 * password.Count('%')) >= Shortest && host.Length > 0 && !password.SequenceEqual(user)
            && HasLetters(password)
            && !shape.IsDummy(password) && !shape.IsPlaceholder(password) && !password.Contains("%s", StringComparison.Ordinal)
            && !HostParts.IsReserved(host, rules) && (!IsOwn(host) || IsChosen(password)))
        {
            found.Add(new Finding(start + colon + 1, start + end, SensitiveKind.UrlPassword, Finding.Address));
        }
    }

    // The machine itself, of which examples abound.
    private static bool IsOwn(ReadOnlySpan<char> host) => host.IndexOf('.') < 0 || host.StartsWith("127.") || host is "0.0.0.0"
        || host.EndsWith(".localhost") || host.EndsWith(".localdomain");

    private static bool IsChosen(ReadOnlySpan<char> password) =>
        password.Length >= 6 && password.ContainsAny("0123456789!#$%^&*+~") && password.ContainsAnyInRange('A', 'z');

    private static bool HasLetters(ReadOnlySpan<char> text) =>
        text.IndexOfAnyInRange('a', 'z') >= 0 || text.IndexOfAnyInRange('A', 'Z') >= 0 || text.Length >= 8;
}
