using XCoder.Analysis.Model;

namespace XCoder.Analysis.Concepts;

/// <summary>A cluster of snippets that behave alike, with a label.</summary>
public sealed record Concept
{
    /// <summary>16 hex digits. Stays the same while the members change only a little (<see cref="ConceptIds"/>).</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Lower-case words, such as "parse iso date" or "process (multiplexed)". Never empty, and unique among the concepts of a workspace.
    /// </summary>
    public required string Label { get; init; }

    /// <summary>The most distinctive words, at most eight, best first; may be empty.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Numbers of the member nodes, ascending.</summary>
    public required IReadOnlyList<int> Members { get; init; }

    /// <summary>How central each of the <see cref="Members"/> is, in (0, 1] (<see cref="ConceptClusters.Strengths"/>).</summary>
    public required IReadOnlyList<float> Strengths { get; init; }

    /// <summary>Number of the member node to show: central, documented and not a test where possible.</summary>
    public required int Representative { get; init; }

    /// <summary>Distinct language ids of the members, in ordinal order.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Mean margin over all pairs of members, in [-1, 1] (<see cref="ConceptClusters.Cohesions"/>).</summary>
    public required float Cohesion { get; init; }
}

/// <summary>Snippets to show for a cell of the concept matrix.</summary>
/// <param name="Concept">Id of the concept.</param>
/// <param name="Language">Language of the cell, which includes its dialects.</param>
/// <param name="Snippets">The snippets, most central first.</param>
public sealed record ConceptSample(string Concept, string Language, IReadOnlyList<Snippet> Snippets);

/// <summary>A concept that an earlier run found.</summary>
/// <param name="Id">Its id, 16 hex digits.</param>
/// <param name="Contents">Distinct content keys of its members.</param>
internal sealed record KnownConcept(string Id, IReadOnlyCollection<ulong> Contents);
