using XCoder.Analysis.Model;

namespace XCoder.Analysis.Concepts;

/// <summary>Snippets to show of a cell of the concept matrix.</summary>
/// <param name="Concept">Id of the concept.</param>
/// <param name="Language">Language of the cell; dialects stand under the language they are of.</param>
/// <param name="Snippets">The snippets, those that belong most firmly first.</param>
public sealed record ConceptSample(string Concept, string Language, IReadOnlyList<Snippet> Snippets);
