namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>Reads manifests of fields that each begin a line, and go on in lines that are indented.</summary>
internal static class FieldManifest
{
    /// <summary>What the manifest says.</summary>
    public static ManifestContent Read(ManifestKind kind, string text)
    {
        var isIni = kind.Form == "ini";
        var fields = Fields(text, isIni).ToLookup(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase);
        var content = new ManifestContent { File = kind.Files.SelectMany(name => fields[Key(name)]).FirstOrDefault(IsOneLine)?.Trim() };
        foreach (var value in kind.Fields.SelectMany(name => fields[Key(name)]).Where(value => !string.IsNullOrWhiteSpace(value)))
        {
            if (kind.Needs == "Package:")
            {
                AddCran(content, value.ReplaceLineEndings(" "));
            }
            else if (value.Contains("%{", StringComparison.Ordinal))
            {
                content.Entries.Add(LicenceEntry.Unread);
            }
            else if (isIni && value.TrimStart().StartsWith("file:", StringComparison.Ordinal))
            {
                content.File ??= value.Trim()["file:".Length..].Trim();
            }
            else
            {
                content.Entries.Add(LicenceEntry.Of(value.Trim()));
            }
        }

        content.Classifiers.AddRange((kind.Classifiers ?? []).SelectMany(name => fields[Key(name)]).SelectMany(value => value.Split('\n')));

        // CRAN's own fields.
        content.Withholds = fields["License_restricts_use"].Any(value => Is(value, "yes"))
            || fields["License_is_FOSS"].Any(value => Is(value, "no"));
        return content;

        static bool Is(string value, string word) => value.Trim().Equals(word, StringComparison.OrdinalIgnoreCase);

        static bool IsOneLine(string value) => value.Trim() is { Length: > 0 } one && !one.Contains('\n') && !one.Contains('*');
    }

    // "MIT + file LICENSE", "GPL (>= 2) | BSD_3_clause + file LICENSE", "file LICENSE": alternatives.
    private static void AddCran(ManifestContent content, string value)
    {
        content.IsChoice = true;
        foreach (var alternative in value.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = alternative.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var file = Array.Find(parts, IsFile)?["file ".Length..].Trim();
            var names = Array.FindAll(parts, part => !IsFile(part));
            content.Entries.Add(names is [var name] ? new LicenceEntry(name, File: file)
                : names.Length == 0 ? new LicenceEntry(null, File: file) : LicenceEntry.Unread);
        }

        static bool IsFile(string part) => part.StartsWith("file ", StringComparison.Ordinal);
    }

    private static string Key(string name) => name.Replace('-', '_');

    /// <summary>The fields of a text, of more than one line where lines behind are indented.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isIni">Whether it has sections, which stand before the names: <c>metadata>license</c>.</param>
    /// <returns>Names, in which '_' stands for '-', too, and values.</returns>
    public static IEnumerable<(string Name, string Value)> Fields(string text, bool isIni)
    {
        var (section, name, value) = ("", default(string), new List<string>());
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd();
            var start = line.TrimStart();
            if (start is "" or ['#', ..] or [';', ..] || (!isIni && start.StartsWith("--", StringComparison.Ordinal)))
            {
                continue;
            }

            if (line[0] is ' ' or '\t')
            {
                value.Add(start);
                continue;
            }

            if (name is not null)
            {
                yield return (name, string.Join('\n', value));
                name = null;
            }

            value.Clear();
            if (isIni && line is ['[', .., ']'])
            {
                section = line[1..^1].Trim();
                continue;
            }

            var at = isIni ? line.AsSpan().IndexOfAny('=', ':') : line.IndexOf(':', StringComparison.Ordinal);
            if (at > 0)
            {
                name = Key((isIni ? section + ">" : "") + line[..at].Trim());
                value.Add(line[(at + 1)..].Trim());
            }
        }

        if (name is not null)
        {
            yield return (name, string.Join('\n', value));
        }
    }
}
