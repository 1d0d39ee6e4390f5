namespace XCoder.Analysis.Model;

/// <summary>Snippets that are duplicates of their representative.</summary>
public sealed record DuplicateGroup
{
    /// <summary>Stable id: hash of the kind and of the members' content, 16 hex digits.</summary>
    public required string Group { get; init; }

    /// <summary>The kind of evidence that every member satisfies.</summary>
    public required DuplicateKind Kind { get; init; }

    /// <summary>How similarity was measured: <c>hash</c>, <c>jaccard</c> or <c>cosine</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>The lowest similarity of a member to the representative, in [0, 1].</summary>
    public required double Similarity { get; init; }

    /// <summary>
    /// For a semantic group, the lowest margin between a member and the representative: how far their cosine, plus a
    /// quarter of their lexical similarity, exceeds what is usual for the two snippets. Null for other kinds.
    /// </summary>
    public double? Margin { get; init; }

    /// <summary>Id of the snippet to keep.</summary>
    public required string Representative { get; init; }

    /// <summary>Why the representative was chosen, for people, for example <c>documented, not a test, first of 3</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Id of the group that the enclosing snippets form, if every member stands inside a member of that group (the
    /// methods of two equal classes, for instance); else null. Reports for people leave such groups out.
    /// </summary>
    public string? Within { get; init; }

    /// <summary>All members, including the representative, ordered by repository, path and position.</summary>
    public required IReadOnlyList<Snippet> Members { get; init; }

    /// <summary>Whether the members are in more than one language. A dialect counts as its base language.</summary>
    public required bool CrossLanguage { get; init; }
}

/// <summary>The kind of evidence for a duplicate group, strongest first (clone types 1 to 4).</summary>
public enum DuplicateKind
{
    /// <summary>Equal except for comments and for layout that has no meaning in the language (type 1).</summary>
    Exact,

    /// <summary>Equal once identifiers and literals are abstracted (type 2).</summary>
    Renamed,

    /// <summary>Statements changed: Jaccard similarity of token shingles at or above the threshold (type 3).</summary>
    Near,

    /// <summary>Same behaviour, other syntax: cosine of embeddings (type 4).</summary>
    Semantic,
}
