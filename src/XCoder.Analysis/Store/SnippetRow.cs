using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>What the comparison of snippets reads of one: small, so that a million fit into memory.</summary>
/// <param name="Row">Row id of the snippet.</param>
/// <param name="File">Row id of its file.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="StartByte">Start of its span.</param>
/// <param name="EndByte">End of its span, exclusive.</param>
/// <param name="FirstToken">Index of its first token.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="PathDepth">Folders above its file within the repository.</param>
/// <param name="HasErrors">Whether it holds a syntax error.</param>
/// <param name="IsDocumented">Whether it has documentation.</param>
/// <param name="IsTest">Whether it is test code.</param>
/// <param name="Exact">Hash of its tokens.</param>
/// <param name="Renamed">Hash of its tokens, abstracted.</param>
public readonly record struct SnippetRow(
    long Row, long File, SnippetKind Kind, int StartByte, int EndByte, int FirstToken, int Tokens, int PathDepth, bool HasErrors, bool IsDocumented, bool IsTest, UInt128 Exact, UInt128 Renamed);
