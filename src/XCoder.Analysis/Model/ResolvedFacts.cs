namespace XCoder.Analysis.Model;

/// <summary>What a semantic compiler (Roslyn, for C#) knows about a snippet beyond its syntax.</summary>
/// <param name="Signature">Signature with fully qualified types.</param>
/// <param name="Calls">Symbols the snippet calls, fully qualified, distinct, ordinal order.</param>
/// <param name="Types">Types the snippet uses, fully qualified, distinct, ordinal order.</param>
/// <param name="IsSelfContained">Whether every name resolves to the snippet itself or to the framework.</param>
public sealed record ResolvedFacts(
    string Signature,
    IReadOnlyList<string> Calls,
    IReadOnlyList<string> Types,
    bool IsSelfContained);
