using XCoder.Analysis.Model;

namespace XCoder.Analysis.Concepts;

/// <summary>A function without a partner in a language: no pair at the threshold in effect, nor equal by text.</summary>
/// <param name="Snippet">The function: the one that shows its concept, or one in no concept.</param>
/// <param name="Concept">Id of its concept, or null.</param>
/// <param name="Label">Label of its concept, or null.</param>
/// <param name="Languages">Languages that have its concept; 1 for a function in none.</param>
/// <param name="IsTested">Whether test code calls or names it (<see cref="TestedFunctions"/>).</param>
/// <param name="Nearest">What the language has that comes nearest, or null for nothing near.</param>
public sealed record FunctionGap(Snippet Snippet, string? Concept, string? Label, int Languages, bool IsTested, NearSnippet? Nearest);
