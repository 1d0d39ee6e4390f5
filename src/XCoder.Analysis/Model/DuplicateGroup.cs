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

    /// <summary>
    /// Whether the group was found by embeddings in several languages, and no two of its members are of one project in two languages or
    /// of projects that are ports of each other. Default false.
    /// </summary>
    public bool IsUnrelated { get; init; }

    /// <summary>What changed since a baseline; null without one.</summary>
    public GroupChange? Change { get; init; }
}

/// <summary>How a group differs from a baseline.</summary>
/// <param name="Before">Number of members in the baseline; 0 for a group that it does not have.</param>
/// <param name="NewMembers">
/// Ids of the members that are new, in the order of members: code that the baseline does not have or, in a group without such
/// code, members that were changed into duplicates. Empty if the baseline cannot tell.
/// </param>
public sealed record GroupChange(int Before, IReadOnlyList<string> NewMembers)
{
    /// <summary>Whether the baseline does not have the group; otherwise it has gained members.</summary>
    public bool IsNewGroup => Before == 0;
}

/// <summary>The kind of evidence for a duplicate group: of snippets, strongest first (clone types 1 to 4); then of files.</summary>
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

    /// <summary>
    /// Whole files with equal bytes, whether or not they hold snippets. A member stands for its file: its id is repository and path,
    /// its name the file's.
    /// </summary>
    File,
}
