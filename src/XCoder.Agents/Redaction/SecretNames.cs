namespace XCoder.Agents.Redaction;

/// <summary>Tells names of secrets from names that merely hold such a word: <c>tokenType</c>, <c>password_hash</c>.</summary>
internal sealed class SecretNames(SensitiveRules rules)
{
    private const int MostParts = 16;

    /// <summary>What a name says.</summary>
    public SecretName Of(ReadOnlySpan<char> name)
    {
        Span<char> joined = stackalloc char[128];
        Span<int> ends = stackalloc int[MostParts];
        if (name.Length > joined.Length || !Split(name, joined, ends, out var parts))
        {
            return SecretName.None;
        }

        var not = rules.NotNames.GetAlternateLookup<ReadOnlySpan<char>>();
        var endings = rules.NameEndings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < parts; i++)
        {
            if (not.Contains(joined[(i == 0 ? 0 : ends[i - 1])..ends[i]]))
            {
                return SecretName.None;
            }
        }

        for (var last = parts; last > 0; last--)
        {
            var head = joined[..ends[last - 1]];
            if (EndsWith(head, rules.PasswordWords))
            {
                return SecretName.Password;
            }

            if (EndsWith(head, rules.SecretWords))
            {
                return SecretName.Secret;
            }

            if (!endings.Contains(joined[(last == 1 ? 0 : ends[last - 2])..ends[last - 1]]))
            {
                return SecretName.None;
            }
        }

        return SecretName.None;
    }

    // Lower case without separators, and where each part ends: apiKey2 → apikey2, [3, 6, 7].
    private static bool Split(ReadOnlySpan<char> name, Span<char> joined, Span<int> ends, out int parts)
    {
        var length = parts = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(name[i]))
            {
                continue;
            }

            joined[length++] = char.ToLowerInvariant(name[i]);
            if (i + 1 == name.Length || IsEnd(name[i], name[i + 1], i + 2 < name.Length ? name[i + 2] : ' '))
            {
                if (parts == MostParts)
                {
                    return false;
                }

                ends[parts++] = length;
            }
        }

        if (parts > 0 && ends[parts - 1] < length && parts < MostParts)
        {
            ends[parts++] = length;
        }

        return parts > 0;
    }

    private static bool IsEnd(char c, char next, char afterNext) =>
        !char.IsAsciiLetterOrDigit(next)
        || (char.IsAsciiLetterLower(c) && char.IsAsciiLetterUpper(next))
        || (char.IsAsciiLetterUpper(c) && char.IsAsciiLetterUpper(next) && char.IsAsciiLetterLower(afterNext))
        || char.IsAsciiDigit(c) != char.IsAsciiDigit(next);

    private static bool EndsWith(ReadOnlySpan<char> text, IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (text.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What the name of a variable, key or parameter says of its value.</summary>
internal enum SecretName
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A person chose it.</summary>
    Password,

    /// <summary>A machine drew it.</summary>
    Secret,
}

/// <summary>A secret known by words on its line and the shape of a quoted value; a row of <c>sensitive.json</c>.</summary>
internal sealed record NamedRule
{
    /// <summary>Id of its kind.</summary>
    public required string Id { get; init; }

    /// <summary>Word of its placeholder.</summary>
    public required string Placeholder { get; init; }

    /// <summary>Words, whatever their case, one of which stands before the value.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Pattern of the whole value.</summary>
    public required string Value { get; init; }

    /// <summary>Least entropy, bits a character.</summary>
    public double Entropy { get; init; }
}
