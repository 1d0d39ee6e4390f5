using XCoder.Analysis.Model;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// What the search for duplicates stores of a snippet, in 64 bytes. A snippet's ordinal is its place in the input,
/// which is ordered by repository, path and position.
/// </summary>
internal readonly record struct SnippetFacts
{
    /// <summary>Fingerprint of its token texts and of layout that has a meaning.</summary>
    public required UInt128 Exact { get; init; }

    /// <summary>Fingerprint of its tokens with names and literals abstracted.</summary>
    public required UInt128 Renamed { get; init; }

    /// <summary>Ordinal of its file; never less than that of the snippet before it.</summary>
    public required int File { get; init; }

    /// <summary>First byte in the file.</summary>
    public required int StartByte { get; init; }

    /// <summary>One past the last byte.</summary>
    public required int EndByte { get; init; }

    /// <summary>Index of its first token in the file's tokens.</summary>
    public required int FirstToken { get; init; }

    /// <summary>Number of tokens.</summary>
    public required int TokenCount { get; init; }

    /// <summary>Number of folders above its file in the repository. A group prefers the shallower snippet as its representative.</summary>
    public short PathDepth { get; init; }

    /// <summary>Whether it is a structure or a callable, and properties that matter for choosing a representative.</summary>
    public SnippetTraits Traits { get; init; }

    /// <summary>Whether it is a structure; otherwise it is a callable.</summary>
    public bool IsStructure => (Traits & SnippetTraits.Structure) != 0;

    /// <summary>Whether it is a whole file, which is compared only with files.</summary>
    public bool IsFile => (Traits & SnippetTraits.File) != 0;

    /// <summary>Whether <paramref name="other"/> stands within this one or is at the same place.</summary>
    internal bool Encloses(in SnippetFacts other) =>
        File == other.File && StartByte <= other.StartByte && other.EndByte <= EndByte;
}

/// <summary>Properties that decide what a snippet is compared with and whether it makes a good representative.</summary>
[Flags]
internal enum SnippetTraits : byte
{
    /// <summary>A callable without documentation or syntax errors that is not test code.</summary>
    None = 0,

    /// <summary>A structure, which is compared only with structures. Without this flag it is a callable.</summary>
    Structure = 1,

    /// <summary>Has a syntax error.</summary>
    Errors = 2,

    /// <summary>Has a documentation comment.</summary>
    Documented = 4,

    /// <summary>Is test code.</summary>
    Test = 8,

    /// <summary>
    /// Is not a snippet but a whole file that has the bytes of another one: its content is that of the bytes, and it encloses the
    /// snippets of the file.
    /// </summary>
    File = 16,
}
