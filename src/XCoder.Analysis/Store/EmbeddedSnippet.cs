using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>A snippet with its vector.</summary>
/// <param name="Row">Row id of the snippet.</param>
/// <param name="Embedding">Row id of the vector: equal for snippets that the model reads alike.</param>
/// <param name="Repository">Name of its repository.</param>
/// <param name="Language">Language id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="Exact">Hash of its tokens.</param>
/// <param name="Vector">The vector as stored: half precision, little-endian.</param>
public readonly record struct EmbeddedSnippet(long Row, long Embedding, string Repository, string Language, SnippetKind Kind, int Tokens, UInt128 Exact, byte[] Vector);
