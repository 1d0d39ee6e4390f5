using XCoder.Analysis.Model;

namespace XCoder.Analysis.Concepts;

/// <summary>A concept over the languages.</summary>
public sealed record ConceptRow
{
    /// <summary>Id of the concept, 16 hex digits.</summary>
    public required string Concept { get; init; }

    /// <summary>One to four words; not unique.</summary>
    public required string Label { get; init; }

    /// <summary>The most telling words, at most eight, best first.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The function to show.</summary>
    public required Snippet Representative { get; init; }

    /// <summary>What each language has, by language id, dialects under the language they are of; none is empty.</summary>
    public required IReadOnlyDictionary<string, ConceptCell> Cells { get; init; }

    /// <summary>All languages together.</summary>
    public required ConceptCell Total { get; init; }
}
