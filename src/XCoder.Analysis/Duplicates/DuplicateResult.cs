namespace XCoder.Analysis.Duplicates;

/// <summary>What a search for duplicates found, and how much it looked at.</summary>
internal sealed record DuplicateResult
{
    /// <summary>Groups by kind, strongest first, then by repeated tokens, descending.</summary>
    public required IReadOnlyList<FoundGroup> Groups { get; init; }

    /// <summary>Per kind that was looked for: groups, snippets, share.</summary>
    public required IReadOnlyList<DuplicateShare> Shares { get; init; }

    /// <summary>Snippets long enough to be compared.</summary>
    public required int Compared { get; init; }

    /// <summary>Snippets with fewer tokens than <see cref="DuplicateOptions.MinTokens"/>.</summary>
    public required int TooShort { get; init; }

    /// <summary>Pairs of contents whose shingle sets were compared after the signatures had been.</summary>
    public required long VerifiedPairs { get; init; }
}
