namespace XCoder.Analysis.Model;

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
