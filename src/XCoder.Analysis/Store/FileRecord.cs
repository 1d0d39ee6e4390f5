using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>A parsed file with its snippets, ready to be written.</summary>
public sealed record FileRecord
{
    /// <summary>Path below the repository's root.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file's bytes, hex.</summary>
    public required string Hash { get; init; }

    /// <summary>What extraction depended on besides the bytes: a file whose hash and extractor are stored is not extracted again.</summary>
    public required string Extractor { get; init; }

    /// <summary>Length of the decoded text.</summary>
    public required int Bytes { get; init; }

    /// <summary>Bytes that are no UTF-8.</summary>
    public int InvalidBytes { get; init; }

    /// <summary>Its licence, or null.</summary>
    public Licence? Licence { get; init; }

    /// <summary>What extraction found.</summary>
    public required ExtractedFile Extracted { get; init; }

    /// <summary>The text as stored.</summary>
    public required byte[] Content { get; init; }

    /// <summary>The tokens as stored.</summary>
    public required byte[] Tokens { get; init; }

    /// <summary>Per snippet, in order: id, hash of its tokens, hash of its abstracted tokens.</summary>
    public required IReadOnlyList<SnippetKey> Keys { get; init; }
}

/// <summary>What identifies a snippet and its content.</summary>
/// <param name="Id">Stable id, 20 hex digits.</param>
/// <param name="Exact">Hash of its tokens' texts.</param>
/// <param name="Renamed">Hash of its tokens with identifiers and literals abstracted.</param>
public sealed record SnippetKey(string Id, UInt128 Exact, UInt128 Renamed);
