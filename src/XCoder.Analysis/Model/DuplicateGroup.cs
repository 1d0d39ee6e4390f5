namespace XCoder.Analysis.Model;

/// <summary>Snippets that are duplicates of their representative.</summary>
public sealed record DuplicateGroup
{
    /// <summary>Stable id: hash of the kind and of the members' content, 16 hex digits.</summary>
    public required string Group { get; init; }

    /// <summary>The evidence that holds the whole group.</summary>
    public required DuplicateKind Kind { get; init; }

    /// <summary><c>hash</c>, <c>jaccard</c> or <c>cosine</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>The lowest similarity of a member to the representative, in [0, 1].</summary>
    public required double Similarity { get; init; }

    /// <summary>
    /// For a semantic group the lowest margin of a member with the representative: how far the cosine, and a quarter of the
    /// lexical similarity, stand out of what is usual for the two. Else null.
    /// </summary>
    public double? Margin { get; init; }

    /// <summary>Id of the snippet to keep.</summary>
    public required string Representative { get; init; }

    /// <summary>Why that one was kept, in words, for example <c>documented, not a test, first of 3</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Group of the enclosing snippets, where every member stands inside another member of it (the methods of two
    /// equal classes), or null. Reports for people leave such groups out.
    /// </summary>
    public string? Within { get; init; }

    /// <summary>Members ordered by repository, path and position; the representative among them.</summary>
    public required IReadOnlyList<Snippet> Members { get; init; }

    /// <summary>Whether members are in more than one language, dialects of one counted as it.</summary>
    public required bool CrossLanguage { get; init; }
}

/// <summary>The evidence that holds a duplicate group, strongest first (clone types 1 to 4).</summary>
public enum DuplicateKind
{
    /// <summary>Equal but for layout and comments (type 1).</summary>
    Exact,

    /// <summary>Equal once identifiers and literals are abstracted (type 2).</summary>
    Renamed,

    /// <summary>Statements changed: Jaccard similarity of token shingles at or above the threshold (type 3).</summary>
    Near,

    /// <summary>Same behaviour, other syntax: cosine of embeddings (type 4).</summary>
    Semantic,
}
