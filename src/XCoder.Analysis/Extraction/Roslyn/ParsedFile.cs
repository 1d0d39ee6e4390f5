using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>A file after parsing.</summary>
/// <param name="Index">Its position in the unit.</param>
/// <param name="Source">The file.</param>
/// <param name="Syntax">What its syntax gave, or null.</param>
/// <param name="Outcome">Why there is no syntax; meaningless where there is.</param>
/// <param name="Detail">The same in words.</param>
internal sealed record ParsedFile(int Index, SourceFile Source, SyntaxResult? Syntax, RoslynOutcome Outcome, string? Detail)
{
    /// <summary>The result without resolved names, for <paramref name="reason"/> where there is a result.</summary>
    public RoslynFile ToFile(string reason) => Syntax is null
        ? new RoslynFile(Index, Source, null, Outcome, Detail)
        : new RoslynFile(Index, Source, Syntax.Extracted, RoslynOutcome.SyntaxOnly, reason);
}
