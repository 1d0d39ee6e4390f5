using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>A parsed file with its snippets, ready to be written.</summary>
public sealed record FileRecord
{
    /// <summary>Path below the repository's root.</summary>
    public required string Path { get; init; }

    /// <summary>SHA-256 of the file's bytes, in hex.</summary>
    public required string Hash { get; init; }

    /// <summary>
    /// Key of what extraction depended on besides the bytes. A file whose hash and key are stored is not extracted
    /// again.
    /// </summary>
    public required string Extractor { get; init; }

    /// <summary>Length of the decoded text in bytes; of a container, of its code.</summary>
    public required int Bytes { get; init; }

    /// <summary>Number of bytes that are not valid UTF-8.</summary>
    public int InvalidBytes { get; init; }

    /// <summary>The file's licence, or null.</summary>
    public Licence? Licence { get; init; }

    /// <summary>The result of extraction, from which the snippet rows are written.</summary>
    public required ExtractedFile Extracted { get; init; }

    /// <summary>The compressed text, as stored.</summary>
    public required byte[] Content { get; init; }

    /// <summary>The encoded token stream, as stored.</summary>
    public required byte[] Tokens { get; init; }

    /// <summary>The comments that take code out of reports, in order.</summary>
    public IReadOnlyList<IgnoreComment> Ignores { get; init; } = [];

    /// <summary>The key of each snippet, in order.</summary>
    public required IReadOnlyList<SnippetKey> Keys { get; init; }
}

/// <summary>Identifies a snippet and its content.</summary>
/// <param name="Id">Stable id, 20 hex digits.</param>
/// <param name="Exact">Hash of its tokens' texts.</param>
/// <param name="Renamed">Hash of its tokens, with identifiers and literals abstracted.</param>
public sealed record SnippetKey(string Id, UInt128 Exact, UInt128 Renamed);
