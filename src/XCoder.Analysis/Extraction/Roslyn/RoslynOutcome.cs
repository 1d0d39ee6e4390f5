namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>How far extraction of one C# file got.</summary>
public enum RoslynOutcome
{
    /// <summary>Syntax and resolved names.</summary>
    Resolved,

    /// <summary>Syntax only; <see cref="RoslynFile.Detail"/> says why names were not resolved.</summary>
    SyntaxOnly,

    /// <summary>Nothing: the parser gave up; <see cref="RoslynFile.Detail"/> says why.</summary>
    Failed,

    /// <summary>Nothing: parsing took longer than the limit.</summary>
    TimedOut,
}
