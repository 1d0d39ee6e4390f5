namespace XCoder.Analysis.Store;

/// <summary>A file with its text, its tokens and its snippets in source order.</summary>
public sealed record FileSnippets(StoredFile File, IReadOnlyList<SnippetTokens> Snippets);
