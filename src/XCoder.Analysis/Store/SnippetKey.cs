namespace XCoder.Analysis.Store;

/// <summary>What identifies a snippet and its content.</summary>
/// <param name="Id">Stable id, 20 hex digits.</param>
/// <param name="Exact">Hash of its tokens' texts.</param>
/// <param name="Renamed">Hash of its tokens with identifiers and literals abstracted.</param>
public sealed record SnippetKey(string Id, UInt128 Exact, UInt128 Renamed);
