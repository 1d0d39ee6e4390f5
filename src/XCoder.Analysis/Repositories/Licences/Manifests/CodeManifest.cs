using System.Collections.Concurrent;
using XCoder.Analysis.Repositories.Licences.Heads;

namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>
/// Reads manifests that are code: of a field's value, what is written out. A value that is computed cannot be read. Nothing is run.
/// </summary>
internal static class CodeManifest
{
    private const string Classifier = "License ::";

    // Longer values name no licence.
    private const int MostTokens = 400;

    /// <summary>What the manifest says.</summary>
    public static ManifestContent Read(ManifestKind kind, byte[] bytes, string text)
    {
        var content = new ManifestContent();
        if (kind.Form == "package.swift")
        {
            // It has no field for the licence; but what its head withholds, it withholds of the package.
            content.Withholds = HeaderNotice.Find(bytes, new ConcurrentDictionary<string, Notice>()).IsWithheld;
            return content;
        }

        var syntax = CodeSyntax.Of(kind.Form);
        var tokens = CodeScanner.Scan(text, syntax, out var unended);
        for (var i = 0; i < tokens.Count && content.Entries.Count <= ManifestContent.MostEntries; i++)
        {
            if (tokens[i].Kind is CodeTokenKind.Word or CodeTokenKind.Text && Array.IndexOf(kind.Fields, tokens[i].Text) >= 0
                && ValueAt(tokens, i, syntax) is { } value)
            {
                content.Entries.AddRange(value.Count > MostTokens ? [LicenceEntry.Unread]
                    : CodeValue.Read(value, syntax, name => Constant(tokens, name, syntax)));
            }
        }

        if (kind.Form == "gradle")
        {
            content.Entries.AddRange(GradleManifest.Read(tokens).Take(ManifestContent.MostEntries + 1));
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
        for (; at < tokens.Count && value.Count <= MostTokens; at++)
        {
            var token = tokens[at];
            switch (token)
            {
                case { Kind: CodeTokenKind.Line }:
                    // Python joins strings, wherever they stand.
                    if (depth == 0 && value.Count > 0 && !syntax.IsLisp && !syntax.IsEndedBySemicolon
                        && !(value[^1].Kind == CodeTokenKind.Text && tokens.Skip(at).SkipWhile(next => next.Kind == CodeTokenKind.Line)
                            .FirstOrDefault().Kind == CodeTokenKind.Text))
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
