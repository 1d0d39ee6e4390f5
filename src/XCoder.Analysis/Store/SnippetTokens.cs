using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>A snippet with its place in its file's token stream.</summary>
/// <param name="Row">Row id.</param>
/// <param name="Ordinal">Number within the file.</param>
/// <param name="Parent">Number of the enclosing snippet within the file, or -1.</param>
/// <param name="FirstToken">Index of its first token.</param>
/// <param name="Snippet">The snippet.</param>
public sealed record SnippetTokens(long Row, int Ordinal, int Parent, int FirstToken, Snippet Snippet);
