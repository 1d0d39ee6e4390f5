namespace XCoder.Analysis.Repositories.Git;

/// <summary>Makes a remote's address fit to be shown and stored.</summary>
internal static class RemoteAddress
{
    private const int MaxLength = 2048;

    /// <summary>
    /// The address without credentials: no user and password (the user name of ssh stays), no query, no fragment.
    /// Null where nothing sensible is left.
    /// </summary>
    public static string? Strip(string address)
    {
        address = address.Trim();
        if (address.Length is 0 or > MaxLength)
        {
            return null;
        }

        // A remote helper: `helper::address`.
        var helper = address.IndexOf("::", StringComparison.Ordinal);
        if (helper > 0 && address[..helper].All(char.IsAsciiLetterOrDigit))
        {
            return Strip(address[(helper + 2)..]) is { } inner ? address[..(helper + 2)] + inner : null;
        }

        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            // user:password@host:path is no form git knows, but people write it.
            var sign = address.IndexOf('@');
            return sign > 0 && address.AsSpan(0, sign).Contains(':') ? address[(sign + 1)..] : address;
        }

        var start = scheme + 3;
        var at = EndOfUser(address, start);
        var user = at < 0 ? "" : address[start..at];
        var isShell = address.AsSpan(0, scheme).Contains("ssh", StringComparison.OrdinalIgnoreCase);
        user = isShell && user.Length > 0 ? user.Split(':')[0] + "@" : "";
        var rest = address[(at < 0 ? start : at + 1)..];
        var query = rest.AsSpan().IndexOfAny('?', '#');
        return address[..start] + user + (query < 0 ? rest : rest[..query]);
    }

    private static int EndOfUser(string address, int start)
    {
        var slash = address.IndexOfAny(['/', '?', '#'], start);
        var authority = address[start..(slash < 0 ? address.Length : slash)];
        if (authority.LastIndexOf('@') is >= 0 and var at)
        {
            return start + at;
        }

        // A colon before something that is no port: a password with an unescaped slash or question mark in it.
        var colon = authority.LastIndexOf(':');
        var isPort = colon < 0 || authority.EndsWith(']') || authority.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0;
        return isPort ? -1 : address.LastIndexOf('@');
    }
}
