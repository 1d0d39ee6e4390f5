namespace XCoder.Analysis.Model;

/// <summary>A file's text, decoded to UTF-8.</summary>
/// <param name="Path">Path below the repository's root, <c>/</c>-separated.</param>
/// <param name="Text">UTF-8 without byte-order mark. Bytes that are no UTF-8 are kept as they are.</param>
/// <param name="InvalidBytes">How many bytes are no valid UTF-8.</param>
public sealed record SourceFile(string Path, byte[] Text, int InvalidBytes);
