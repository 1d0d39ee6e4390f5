namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>A top-level pattern of a query file.</summary>
/// <param name="Text">The pattern as written.</param>
/// <param name="Roots">Node types it can match, each with whether it is a named node.</param>
/// <param name="Class">
/// The capture's name if the pattern only says what a symbol is (<c>(comment) @comment</c>); null for a definition.
/// </param>
/// <param name="Line">Line of its start, 1-based.</param>
public sealed record QueryPattern(string Text, IReadOnlyList<(string Type, bool Named)> Roots, string? Class, int Line);
