using XCoder.Analysis.Model;

namespace XCoder.Analysis.Duplicates;

/// <summary>A duplicate group as the search finds it, with ordinals instead of snippet ids.</summary>
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

    /// <summary>Ordinals of the members, ascending; no member contains another.</summary>
    public required IReadOnlyList<int> Members { get; init; }

    /// <summary>The distinct contents of the members, ordered by hash.</summary>
    public required IReadOnlyList<GroupContent> Contents { get; init; }

    /// <summary>Number of tokens that would be saved if only the representative were kept.</summary>
    public required long RepeatedTokens { get; init; }

    /// <summary>What <see cref="Similarity"/> measures: <c>hash</c>, <c>jaccard</c> or <c>cosine</c>.</summary>
    public string Measure => Kind switch
    {
        DuplicateKind.Near => "jaccard",
        DuplicateKind.Semantic => "cosine",
        _ => "hash",
    };

    /// <summary>Creates the public group with snippets in place of ordinals.</summary>
    /// <param name="snippet">Returns the snippet of an ordinal.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
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

/// <summary>One distinct content of a group, identified independently of where files are.</summary>
/// <param name="Hash">Fingerprint of the token texts.</param>
/// <param name="Count">Number of members with this content.</param>
public readonly record struct GroupContent(UInt128 Hash, int Count);
