namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>Reads manifests in JSON, TOML and YAML.</summary>
internal static class TreeManifest
{
    private const string See = "SEE LICENSE IN ";

    // Keys of a licence that is a table of its own.
    private static readonly string[] NameKeys = ["type", "name", "id"], LinkKeys = ["url", "uri"], TermKeys = ["text", "comments"];

    /// <summary>What the manifest says, or null where it cannot be parsed.</summary>
    public static ManifestContent? Read(ManifestKind kind, string text)
    {
        if (ManifestTree.Parse(kind.Form, text) is not { } root)
        {
            return null;
        }

        var content = new ManifestContent();
        foreach (var field in kind.Fields)
        {
            var before = content.Entries.Count;
            foreach (var value in ManifestTree.Values(root, field))
            {
                Add(content, value);
            }

            // Alternatives and a field beside them would be neither.
            content.IsChoice |= before == 0 && content.Entries.Count > 1 && Array.IndexOf(kind.Choices, field) >= 0;
        }

        foreach (var field in kind.Files)
        {
            // A list names all files that go along; alone, one is that of the licence.
            var files = ManifestTree.Values(root, field).ToList();
            content.File ??= files is [string one] ? one : files is [List<object?> and [string only]] && !only.Contains('*') ? only : null;
        }

        foreach (var field in kind.Classifiers ?? [])
        {
            content.Classifiers.AddRange(ManifestTree.Values(root, field).OfType<List<object?>>().SelectMany(list => list)
                .OfType<string>());
        }

        return content;
    }

    private static void Add(ManifestContent content, object? value)
    {
        switch (value)
        {
            case string text when text.StartsWith(See, StringComparison.OrdinalIgnoreCase):
                content.Entries.Add(new LicenceEntry(null, File: text[See.Length..].Trim()));
                break;
            case string text when !string.IsNullOrWhiteSpace(text):
                content.Entries.Add(LicenceEntry.Of(text));
                break;
            case List<object?> list:
                foreach (var item in list)
                {
                    if (item is List<object?>)
                    {
                        content.Entries.Add(LicenceEntry.Unread);
                    }
                    else
                    {
                        Add(content, item);
                    }
                }

                break;
            case Dictionary<string, List<object?>> table:
                AddTable(content, table);
                break;
        }
    }

    private static void AddTable(ManifestContent content, Dictionary<string, List<object?>> table)
    {
        // The workspace's is that of the folder above.
        if (table.ContainsKey("workspace"))
        {
            return;
        }

        var (name, link) = (First(table, NameKeys), First(table, LinkKeys));
        var (terms, file) = (First(table, TermKeys), First(table, ["file"]));
        if (name is null && link is null && table.Count > 0
            && table.Values.All(values => values is [string place] && LicenceEntry.IsLink(place)))
        {
            // PostgreSQL's: names, and an address for each.
            content.Entries.AddRange(table.Keys.Select(key => new LicenceEntry(key)));
            return;
        }

        // Python's { text = "MIT" } has no name beside it.
        content.Entries.Add(name is null && link is null && terms is not null ? LicenceEntry.Of(terms)
            : new LicenceEntry(name, link, terms, file));
    }

    private static string? First(Dictionary<string, List<object?>> table, string[] keys) =>
        keys.SelectMany(key => table.GetValueOrDefault(key) ?? []).OfType<string>().FirstOrDefault();
}
