using XCoder.Analysis.Model;

namespace XCoder.Analysis.Seeds;

/// <summary>A function that starts a generation.</summary>
/// <param name="Snippet">The function.</param>
/// <param name="Quality">How good a start it is.</param>
/// <param name="Concept">Id of its concept, or null.</param>
/// <param name="Label">Label of its concept, or null.</param>
/// <param name="Group">Id of the duplicate group that it alone stands for here, or null where it has no duplicate.</param>
public sealed record Seed(Snippet Snippet, SeedQuality Quality, string? Concept, string? Label, string? Group);
