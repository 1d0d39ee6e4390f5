using XCoder.Analysis.Model;

namespace XCoder.Analysis.Storage;

/// <summary>What the comparison of snippets reads of one: small, so that a million fit into memory.</summary>
/// <param name="Row">Row id of the snippet.</param>
/// <param name="File">Row id of its file.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="StartByte">Start of its span.</param>
/// <param name="EndByte">End of its span, exclusive.</param>
/// <param name="FirstToken">Index of its first token.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="Quality">Higher is a better representative: 4 without syntax errors, 2 documented, 1 not a test.</param>
/// <param name="Exact">Hash of its tokens.</param>
/// <param name="Renamed">Hash of its tokens, abstracted.</param>
public readonly record struct SnippetFacts(
    long Row, long File, SnippetKind Kind, int StartByte, int EndByte, int FirstToken, int Tokens, int Quality, UInt128 Exact, UInt128 Renamed);
