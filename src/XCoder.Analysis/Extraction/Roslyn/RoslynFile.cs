using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>The result of one file.</summary>
/// <param name="Index">Position in the files given to <see cref="RoslynProject.Extract"/>.</param>
/// <param name="Source">The file itself.</param>
/// <param name="Extracted">What was found; null for <see cref="RoslynOutcome.Failed"/> and <see cref="RoslynOutcome.TimedOut"/>.</param>
/// <param name="Outcome">How far extraction got.</param>
/// <param name="Detail">Why it got no further, in words; null where everything worked.</param>
public sealed record RoslynFile(int Index, SourceFile Source, ExtractedFile? Extracted, RoslynOutcome Outcome, string? Detail = null);
