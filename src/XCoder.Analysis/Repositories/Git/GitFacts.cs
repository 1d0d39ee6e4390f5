using System.Text;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>Facts about a work tree from git's files. Missing or damaged data gives null, never an exception.</summary>
/// <param name="Remote">Address of <c>origin</c>, or of the only remote, without credentials.</param>
/// <param name="Commit">Commit of HEAD, 40 or 64 lower-case hex digits.</param>
internal sealed record GitFacts(string? Remote, string? Commit)
{
    private const int MaxConfigBytes = 1 << 20;

    /// <summary>
    /// Reads the facts of the work tree at <paramref name="root"/> without starting a process or following a link.
    /// </summary>
    public static GitFacts Read(string root)
    {
        try
        {
            return GitFolder.Find(root) is { } folder ? new GitFacts(ReadRemote(folder), GitReferences.Read(folder, "HEAD"))
                : new GitFacts(null, null);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return new GitFacts(null, null);
        }
    }

    private static string? ReadRemote(GitFolder folder)
    {
        if (folder.ReadCommon("config", MaxConfigBytes) is not { } bytes)
        {
            return null;
        }

        var remotes = GitConfig.Remotes(Encoding.UTF8.GetString(bytes));
        foreach (var (name, address) in remotes)
        {
            if (name == "origin" || remotes.Count == 1)
            {
                return RemoteAddress.Strip(address);
            }
        }

        return null;
    }
}

/// <summary>Removes credentials from a remote's address, so that it can be shown and stored.</summary>
internal static class RemoteAddress
{
    private const int MaxLength = 2048;

    /// <summary>
    /// The address without user, password, query and fragment; ssh addresses keep the user name. Null if the address is
    /// empty or longer than 2,048 characters.
    /// </summary>
    public static string? Strip(string address)
    {
        address = address.Trim();
        if (address.Length is 0 or > MaxLength)
        {
            return null;
        }

        // An address of a remote helper: `helper::address`.
        var helper = address.IndexOf("::", StringComparison.Ordinal);
        if (helper > 0 && address[..helper].All(char.IsAsciiLetterOrDigit))
        {
            return Strip(address[(helper + 2)..]) is { } inner ? address[..(helper + 2)] + inner : null;
        }

        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            // Git does not know user:password@host:path, but people write it.
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

        // A colon before something other than a port means a password with an unescaped slash or question mark.
        var colon = authority.LastIndexOf(':');
        var isPort = colon < 0 || authority.EndsWith(']') || authority.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0;
        return isPort ? -1 : address.LastIndexOf('@');
    }
}

/// <summary>Reads the remotes from a git configuration file. Includes are not followed.</summary>
internal static class GitConfig
{
    /// <summary>The first address of each remote, in order of appearance.</summary>
    public static IReadOnlyList<(string Name, string Address)> Remotes(string text)
    {
        var remotes = new List<(string Name, string Address)>();
        string? remote = null;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith('['))
            {
                remote = Section(ref line);
            }

            var equals = line.IndexOf('=');
            if (remote == null || equals < 0 || !line[..equals].Trim().Equals("url", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var raw = line[(equals + 1)..];
            while (EndsInBackslash(raw) && i + 1 < lines.Length)
            {
                raw = raw[..^1] + lines[++i].TrimEnd('\r');
            }

            if (!remotes.Exists(known => known.Name == remote))
            {
                remotes.Add((remote, Value(raw)));
            }
        }

        return remotes;
    }

    /// <summary>The value of a setting in the section <c>extensions</c>, in lower case; null if there is none.</summary>
    /// <param name="settings">The configuration file, or null.</param>
    /// <param name="key">Name of the setting, in lower case.</param>
    public static string? Extension(byte[]? settings, string key)
    {
        var (isInside, found) = (false, (string?)null);
        foreach (var raw in System.Text.Encoding.UTF8.GetString(settings ?? []).Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('['))
            {
                var end = line.IndexOf(']');
                isInside = end > 0 && line[1..end].Trim().Equals("extensions", StringComparison.OrdinalIgnoreCase);
                line = end < 0 ? "" : line[(end + 1)..].Trim();
            }

            var equals = line.IndexOf('=');
            if (isInside && equals > 0 && line[..equals].Trim().Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                found = Value(line[(equals + 1)..]).ToLowerInvariant();
            }
        }

        return found;
    }

    // Removes the section header from the line. Returns a name only for [remote "name"].
    private static string? Section(ref string line)
    {
        var name = new StringBuilder();
        var (quoted, hasName, at) = (false, false, 1);
        for (; at < line.Length && (quoted || line[at] != ']'); at++)
        {
            switch (line[at])
            {
                case '"':
                    quoted = !quoted;
                    hasName = true;
                    break;
                case '\\' when quoted && at + 1 < line.Length:
                    name.Append(line[++at]);
                    break;
                default:
                    if (quoted)
                    {
                        name.Append(line[at]);
                    }

                    break;
            }
        }

        var isClosed = at < line.Length;
        var kind = line[1..at].Split('"', 2)[0].Trim();
        line = isClosed ? line[(at + 1)..].Trim() : "";
        return isClosed && hasName && kind.Equals("remote", StringComparison.OrdinalIgnoreCase) ? name.ToString() : null;
    }

    private static bool EndsInBackslash(string text) => (text.Length - text.TrimEnd('\\').Length) % 2 == 1;

    private static string Value(string raw)
    {
        var value = new StringBuilder();
        var quoted = false;
        var text = raw.Trim();
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '\\' when i + 1 < text.Length:
                    value.Append(text[++i] switch { 'n' => '\n', 't' => '\t', 'b' => '\b', var other => other });
                    break;
                case '#' or ';' when !quoted:
                    return value.ToString().TrimEnd();
                default:
                    value.Append(text[i]);
                    break;
            }
        }

        return value.ToString();
    }
}
