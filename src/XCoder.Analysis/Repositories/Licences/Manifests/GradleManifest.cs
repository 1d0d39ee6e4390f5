namespace XCoder.Analysis.Repositories.Licences.Manifests;

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
                .Where(token => token is not ({ Kind: CodeTokenKind.Sign, Text: "=" or "." or "(" or ")" }
                    or { Kind: CodeTokenKind.Word, Text: "set" or "value" })).ToList();
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
