using System.Collections.Concurrent;
using System.Text;

namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>
/// Reads manifests that are code: of a field's value, what is written out. A value that is computed cannot be read. Nothing is run.
/// </summary>
internal static class CodeManifest
{
    private const string Classifier = "License ::";

    /// <summary>What the manifest says.</summary>
    public static ManifestContent Read(ManifestKind kind, byte[] bytes, string text)
    {
        var content = new ManifestContent();
        if (kind.Form == "swift")
        {
            // It has no field for the licence; but what its head withholds, it withholds of the package.
            content.Withholds = HeaderNotice.Find(bytes, new ConcurrentDictionary<string, Notice>()).IsWithheld;
            return content;
        }

        var syntax = CodeSyntax.Of(kind.Form);
        var tokens = CodeScanner.Scan(text, syntax, out var unended);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is CodeTokenKind.Word or CodeTokenKind.Text && Array.IndexOf(kind.Fields, tokens[i].Text) >= 0 && ValueAt(tokens, i, syntax) is { } value)
            {
                content.Entries.AddRange(CodeValue.Read(value, syntax, name => Constant(tokens, name, syntax)));
            }
        }

        if (kind.Form == "gradle")
        {
            content.Entries.AddRange(GradleManifest.Read(tokens));
        }

        if (kind.Classifiers is not null && tokens.Exists(token => token.Text.Contains("classifiers", StringComparison.OrdinalIgnoreCase)))
        {
            content.Classifiers.AddRange(tokens.Where(token => token.Kind == CodeTokenKind.Text).SelectMany(token => token.Text.Split('\n'))
                .Where(line => line.TrimStart().StartsWith(Classifier, StringComparison.Ordinal)));
        }

        if (text.AsSpan(unended).Contains("licen", StringComparison.OrdinalIgnoreCase))
        {
            content.Entries.Add(LicenceEntry.Unread);
        }

        return content;
    }

    // The tokens of a field's value, or null where the word is no field.
    private static List<CodeToken>? ValueAt(List<CodeToken> tokens, int at, CodeSyntax syntax)
    {
        if (syntax.Before is { } before && (at == 0 || !tokens[at - 1].Is(before)))
        {
            return null;
        }

        var next = at + 1 < tokens.Count ? tokens[at + 1] : default;
        if (tokens[at].Kind == CodeTokenKind.Text)
        {
            // "license" => "mit", "license": "MIT".
            return next.Is(syntax.KeySign) ? Until(tokens, at + 2, syntax) : null;
        }

        var isSigned = next.Kind == CodeTokenKind.Sign && Array.IndexOf(syntax.After, next.Text) >= 0;
        if (syntax.IsLisp)
        {
            return Until(tokens, at + 1, syntax);
        }

        // "license 'perl';" opens its line.
        return isSigned && !(next.Is("(") && tokens[at].Text != "set_license") ? Until(tokens, next.Is("(") ? at + 1 : at + 2, syntax)
            : Array.IndexOf(syntax.After, "") >= 0 && next.Kind == CodeTokenKind.Text
                && (at == 0 || tokens[at - 1].Kind == CodeTokenKind.Line) ? Until(tokens, at + 1, syntax)
            : null;
    }

    private static List<CodeToken> Until(List<CodeToken> tokens, int at, CodeSyntax syntax)
    {
        var (value, depth) = (new List<CodeToken>(), 0);
        for (; at < tokens.Count; at++)
        {
            var token = tokens[at];
            switch (token)
            {
                case { Kind: CodeTokenKind.Line }:
                    if (depth == 0 && value.Count > 0 && !syntax.IsLisp && !syntax.IsEndedBySemicolon)
                    {
                        return value;
                    }

                    continue;
                case { Kind: CodeTokenKind.Sign, Text: "(" or "[" or "{" }:
                    depth++;
                    break;
                case { Kind: CodeTokenKind.Sign, Text: ")" or "]" or "}" } when --depth < 0:
                    return value;
                case { Kind: CodeTokenKind.Sign, Text: "," } when depth == 0 && !syntax.IsLisp:
                    return value;
                case { Kind: CodeTokenKind.Sign, Text: ";" } when depth == 0 && value is not [{ Text: "with" }, ..]:
                    return value;
                case { Kind: CodeTokenKind.Sign, Text: ";" } when depth == 0 && value.Exists(earlier => earlier.Is(";")):
                    return value;
            }

            value.Add(token);

            // Clojure's field has one value: a string or a table.
            if (syntax is { IsLisp: true, HasTables: true } && depth == 0)
            {
                return value;
            }
        }

        return value;
    }

    // The string that a name stands for: assigned once, and written out.
    private static string? Constant(List<CodeToken> tokens, string name, CodeSyntax syntax)
    {
        string? found = null;
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Kind != CodeTokenKind.Word || tokens[i].Text != name || !tokens[i + 1].Is("=")
                || (i > 0 && tokens[i - 1].Kind != CodeTokenKind.Line))
            {
                continue;
            }

            if (found is not null || Until(tokens, i + 2, syntax) is not [{ Kind: CodeTokenKind.Text, IsLiteral: true } value])
            {
                return null;
            }

            found = value.Text;
        }

        return found;
    }
}

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
            return [new LicenceEntry(string.Join(' ', value.Where(token => !token.Is("'")).Select(token => token.Text))
                .Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal) is ['(', .. var inner, ')'] ? inner
                : string.Join(' ', value.Select(token => token.Text)))];
        }

        var found = new List<(string Text, int At)>();
        for (var i = 0; i < value.Count; i++)
        {
            var token = value[i];
            switch (token.Kind)
            {
                case CodeTokenKind.Text when !token.IsLiteral:
                    return Unread(value);
                case CodeTokenKind.Text when syntax.JoinsTexts && found is [.., var last] && last.At == i - 1:
                    found[^1] = (last.Text + token.Text, i);
                    break;
                case CodeTokenKind.Text:
                    found.Add((token.Text, i));
                    break;
                case CodeTokenKind.Word when Array.IndexOf(syntax.Words, token.Text) >= 0:
                    break;
                case CodeTokenKind.Word when syntax.HasBareTexts:
                    found.Add((token.Text, i));
                    break;
                case CodeTokenKind.Word when value.Count == 1 && constant(token.Text) is { } named:
                    found.Add((named, i));
                    break;
                case CodeTokenKind.Sign when Array.IndexOf(Separators, token.Text) >= 0:
                    break;
                default:
                    return Unread(value);
            }
        }

        // Addresses stand beside names.
        var entries = found.Select(item => LicenceEntry.Of(item.Text)).ToList();
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

/// <summary>Reads the licences that Gradle writes into a package: <c>licenses { license { name = "MIT" } }</c>.</summary>
internal static class GradleManifest
{
    /// <summary>The licences of a build script.</summary>
    public static IEnumerable<LicenceEntry> Read(List<CodeToken> tokens)
    {
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i] is not { Kind: CodeTokenKind.Word, Text: "licenses" } || !tokens[i + 1].Is("{"))
            {
                continue;
            }

            var end = End(tokens, i + 1);
            var count = 0;
            for (var at = i + 2; at < end; at++)
            {
                if (tokens[at] is { Kind: CodeTokenKind.Word, Text: "license" } && at + 1 < end && tokens[at + 1].Is("{"))
                {
                    var last = End(tokens, at + 1);
                    yield return Licence(tokens.GetRange(at + 2, Math.Min(last, end) - at - 2));
                    (at, count) = (last, count + 1);
                }
            }

            if (count == 0)
            {
                yield return LicenceEntry.Unread;
            }

            i = end;
        }
    }

    // name = "MIT", name.set("MIT"), name 'MIT'.
    private static LicenceEntry Licence(List<CodeToken> tokens)
    {
        return new LicenceEntry(Of("name"), Of("url"), Of("comments"), null, tokens.Where(token => token.Kind == CodeTokenKind.Text)
            .Select(token => token.Text).ToList());

        string? Of(string field)
        {
            var at = tokens.FindIndex(token => token.Kind == CodeTokenKind.Word && token.Text == field);
            var line = at < 0 ? [] : tokens.Skip(at + 1).TakeWhile(token => token.Kind != CodeTokenKind.Line && !token.Is(";"))
                .Where(token => !(token.Is("=") || token.Is(".") || token.Is("(") || token.Is(")") || token is { Text: "set" or "value" })).ToList();
            return line is [{ Kind: CodeTokenKind.Text, IsLiteral: true } value] ? value.Text : null;
        }
    }

    private static int End(List<CodeToken> tokens, int open)
    {
        var depth = 0;
        for (var at = open; at < tokens.Count; at++)
        {
            depth += tokens[at].Is("{") ? 1 : tokens[at].Is("}") ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return tokens.Count;
    }
}
