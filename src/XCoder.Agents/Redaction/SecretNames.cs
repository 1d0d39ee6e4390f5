namespace XCoder.Agents.Redaction;

/// <summary>Tells names of secrets from names that only contain such a word, such as <c>tokenType</c> or <c>password_hash</c>.</summary>
internal sealed class SecretNames(SensitiveRules rules)
{
    private const int MostParts = 16;

    /// <summary>Classifies a name.</summary>
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

            if (last == parts && parts > 1 && IsConstant(name) && joined[ends[parts - 2]..ends[parts - 1]].SequenceEqual("key")
                && !rules.NotKeys.GetAlternateLookup<ReadOnlySpan<char>>()
                    .Contains(joined[(parts == 2 ? 0 : ends[parts - 3])..ends[parts - 2]]))
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

    // ADAFRUIT_IO_KEY: settings of programs are in capitals, unlike keys of tables and maps.
    private static bool IsConstant(ReadOnlySpan<char> name) => !name.ContainsAnyInRange('a', 'z') && name.Contains('_');

    // Joins the parts in lower case and records where each part ends: apiKey2 becomes apikey2 with [3, 6, 7].
    private static bool Split(ReadOnlySpan<char> name, Span<char> joined, Span<int> ends, out int parts)
    {
        var length = parts = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsLetterOrDigit(name[i]))
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
        !char.IsLetterOrDigit(next)
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

/// <summary>What the name of a variable, key or parameter suggests about its value.</summary>
internal enum SecretName
{
    /// <summary>The name suggests no secret.</summary>
    None,

    /// <summary>A value that a person chose.</summary>
    Password,

    /// <summary>A value that a machine generated.</summary>
    Secret,
}

/// <summary>A secret that words on its line and the shape of its quoted value identify; an entry of <c>sensitive.json</c>.</summary>
internal sealed record NamedRule
{
    /// <summary>Id of its <see cref="SensitiveKind"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Word of its placeholder.</summary>
    public required string Placeholder { get; init; }

    /// <summary>Words of which one must stand before the value; case is ignored.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Pattern that the whole value must match.</summary>
    public required string Value { get; init; }

    /// <summary>Lowest entropy of the value, in bits per character.</summary>
    public double Entropy { get; init; }
}
