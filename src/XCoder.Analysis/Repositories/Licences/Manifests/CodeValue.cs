namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>Reads the value of a field.</summary>
internal static class CodeValue
{
    private static readonly string[] Separators = [",", "[", "]", "(", ")", "{", "}", "->", ".", ";", "<<", ">>", "'"];

    /// <summary>The licences of a value; one that cannot be read where it is not written out.</summary>
    /// <param name="value">Its tokens.</param>
    /// <param name="syntax">The language.</param>
    /// <param name="constant">The string that a name stands for, or null.</param>
    public static List<LicenceEntry> Read(List<CodeToken> value, CodeSyntax syntax, Func<string, string?> constant)
    {
        if (syntax.HasTables && value.Exists(token => token.Is("{")))
        {
            return Tables(value);
        }

        if (syntax.IsOneText)
        {
            // '(Apache-2.0 OR MIT), 'MIT.
            var whole = string.Join(' ', value.Where(token => !token.Is("'")).Select(token => token.Text))
                .Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal);
            return [new LicenceEntry(whole is ['(', .. var inner, ')'] ? inner : whole)];
        }

        var found = new List<(string Text, int At, bool IsCode)>();
        for (var i = 0; i < value.Count; i++)
        {
            var token = value[i];
            switch (token.Kind)
            {
                case CodeTokenKind.Text when !token.IsLiteral:
                    return Unread(value);
                case CodeTokenKind.Text when syntax.JoinsTexts && found is [.., var last] && last.At == i - 1:
                    found[^1] = (last.Text + token.Text, i, false);
                    break;
                case CodeTokenKind.Text:
                    found.Add((token.Text, i, false));
                    break;
                case CodeTokenKind.Word when Array.IndexOf(syntax.Words, token.Text) >= 0:
                    break;
                case CodeTokenKind.Word when syntax.HasBareTexts:
                    found.Add((token.Text, i, syntax.HasConstants));
                    break;
                case CodeTokenKind.Word when value.Count == 1 && constant(token.Text) is { } named:
                    found.Add((named, i, false));
                    break;
                case CodeTokenKind.Sign when Array.IndexOf(Separators, token.Text) >= 0:
                    break;
                default:
                    return Unread(value);
            }
        }

        // Addresses stand beside names.
        var entries = found.Select(item => LicenceEntry.Of(item.Text) with { IsCode = item.IsCode }).ToList();
        return entries.Count == 0 ? value.Count == 0 ? [] : Unread(value)
            : entries.Exists(entry => entry.Name is not null) ? entries.FindAll(entry => entry.Name is not null) : entries;
    }

    // { :type => "MIT", :text => "…" }, {:name "MIT" :url "…"}.
    private static List<LicenceEntry> Tables(List<CodeToken> value)
    {
        var entries = new List<LicenceEntry>();
        for (var i = 0; i < value.Count; i++)
        {
            if (!value[i].Is("{"))
            {
                continue;
            }

            var end = value.FindIndex(i, token => token.Is("}"));
            end = end < 0 ? value.Count : end;
            var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
            string? key = null;
            for (var at = i + 1; at < end; at++)
            {
                var token = value[at];
                var isKey = at + 1 < end && (value[at + 1].Is("=>") || value[at + 1].Is(":"));
                if (isKey || token is { Kind: CodeTokenKind.Word, Text: [':', ..] })
                {
                    key = token.Text.TrimStart(':');
                    fields[key] = "";
                }
                else if (key is not null && token.Kind is CodeTokenKind.Text or CodeTokenKind.Word && token.Text != "freeze")
                {
                    fields[key!] = fields[key!] is "" && token is { Kind: CodeTokenKind.Text, IsLiteral: true } ? token.Text : null;
                }
            }

            entries.Add(new LicenceEntry(Of("type") ?? Of("name"), Of("url"), Of("text") ?? Of("comments"), Of("file"),
                Of("type") is null ? Texts(value) : null));
            i = end;

            string? Of(string name) => fields.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
        }

        return entries;
    }

    private static List<LicenceEntry> Unread(List<CodeToken> value) => [new LicenceEntry(null, Hints: Texts(value))];

    private static List<string> Texts(List<CodeToken> value) =>
        value.Where(token => token.Kind == CodeTokenKind.Text).Select(token => token.Text).ToList();
}
