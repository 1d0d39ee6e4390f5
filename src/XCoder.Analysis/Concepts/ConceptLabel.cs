namespace XCoder.Analysis.Concepts;

/// <summary>What a concept is called.</summary>
/// <param name="Label">One to four lower-case words; never empty.</param>
/// <param name="Words">The most telling words, at most eight, best first; may be empty.</param>
internal sealed record ConceptLabel(string Label, IReadOnlyList<string> Words);
