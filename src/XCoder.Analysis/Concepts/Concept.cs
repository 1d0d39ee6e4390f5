using XCoder.Analysis.Model;

namespace XCoder.Analysis.Concepts;

/// <summary>A cluster of snippets that do the same, with a label.</summary>
public sealed record Concept
{
    /// <summary>16 hex digits; stays the same while the members change a little (<see cref="ConceptIds"/>).</summary>
    public required string Id { get; init; }

    /// <summary>One to four lower-case words, such as "parse iso date"; never empty; not unique.</summary>
    public required string Label { get; init; }

    /// <summary>The most telling words, at most eight, best first; may be empty.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Node numbers, ascending.</summary>
    public required IReadOnlyList<int> Members { get; init; }

    /// <summary>How firmly each of <see cref="Members"/> belongs here, in (0, 1] (<see cref="ConceptClusters.Strengths"/>).</summary>
    public required IReadOnlyList<float> Strengths { get; init; }

    /// <summary>Node number of the member to show: central, documented and no test where possible.</summary>
    public required int Representative { get; init; }

    /// <summary>Language ids of the members, each once, ordinal order.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Mean margin of the pairs of members, in [-1, 1] (<see cref="ConceptClusters.Cohesions"/>).</summary>
    public required float Cohesion { get; init; }
}

/// <summary>Snippets to show of a cell of the concept matrix.</summary>
/// <param name="Concept">Id of the concept.</param>
/// <param name="Language">Language of the cell; dialects stand under the language they are of.</param>
/// <param name="Snippets">The snippets, those that belong most firmly first.</param>
public sealed record ConceptSample(string Concept, string Language, IReadOnlyList<Snippet> Snippets);

/// <summary>A concept of an earlier run.</summary>
/// <param name="Id">Its id, 16 hex digits.</param>
/// <param name="Contents">Content keys of its members, each once.</param>
internal sealed record KnownConcept(string Id, IReadOnlyCollection<ulong> Contents);
