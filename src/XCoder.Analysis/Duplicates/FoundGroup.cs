using XCoder.Analysis.Model;

namespace XCoder.Analysis.Duplicates;

/// <summary>A duplicate group by ordinals: what the search found, before the store gives names to its members.</summary>
public sealed record FoundGroup
{
    /// <inheritdoc cref="DuplicateGroup.Group"/>
    public required string Group { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Kind"/>
    public required DuplicateKind Kind { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Similarity"/>
    public required double Similarity { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Margin"/>
    public double? Margin { get; init; }

    /// <summary>Ordinal of the snippet to keep.</summary>
    public required int Representative { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Reason"/>
    public required string Reason { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Within"/>
    public string? Within { get; init; }

    /// <summary>Ordinals of the members, ascending; none stands within another.</summary>
    public required IReadOnlyList<int> Members { get; init; }

    /// <summary>The distinct contents of the members, by hash.</summary>
    public required IReadOnlyList<GroupContent> Contents { get; init; }

    /// <summary>The tokens that would go if only the representative were kept.</summary>
    public required long RepeatedTokens { get; init; }

    /// <inheritdoc cref="DuplicateGroup.Measure"/>
    public string Measure => DuplicateRule.Of(Kind).Measure;

    /// <summary>The group with its snippets.</summary>
    /// <param name="snippet">Gives the snippet of an ordinal.</param>
    /// <param name="family">Gives the language that a language id is a dialect of, or the id.</param>
    public DuplicateGroup Describe(Func<int, Snippet> snippet, Func<string, string> family)
    {
        var members = Members.Select(snippet).ToArray();
        return new DuplicateGroup
        {
            Group = Group,
            Kind = Kind,
            Measure = Measure,
            Similarity = Similarity,
            Margin = Margin,
            Representative = snippet(Representative).Id,
            Reason = Reason,
            Within = Within,
            Members = members,
            CrossLanguage = Array.Exists(members, member => family(member.Language) != family(members[0].Language)),
        };
    }
}

/// <summary>One content of a group: what does not change when files move.</summary>
/// <param name="Hash">Fingerprint of the token texts.</param>
/// <param name="Count">Members that have it.</param>
public readonly record struct GroupContent(UInt128 Hash, int Count);
