using System.Text;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>The remotes of a git configuration file. Includes are not followed.</summary>
internal static class GitConfig
{
    /// <summary>First address of each remote by name, in order of appearance.</summary>
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

    // Cuts the header off the line; a name only for [remote "name"].
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
