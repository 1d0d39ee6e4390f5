namespace XCoder.Analysis.Model;

/// <summary>A file's text, decoded to UTF-8.</summary>
/// <param name="Path">Path below the repository's root, <c>/</c>-separated.</param>
/// <param name="Text">UTF-8 without byte-order mark. Bytes that are no UTF-8 are kept as they are.</param>
/// <param name="InvalidBytes">How many bytes are no valid UTF-8.</param>
public sealed record SourceFile(string Path, byte[] Text, int InvalidBytes);

/// <summary>A range of a file's text as UTF-8 without byte-order mark.</summary>
/// <param name="StartByte">First byte, 0-based.</param>
/// <param name="EndByte">One past the last byte.</param>
/// <param name="StartLine">Line of the first byte, 1-based.</param>
/// <param name="EndLine">Line of the last byte, 1-based, inclusive.</param>
public readonly record struct SourceSpan(int StartByte, int EndByte, int StartLine, int EndLine)
{
    /// <summary>Length in bytes.</summary>
    public int Length => EndByte - StartByte;

    /// <summary>Whether <paramref name="other"/> lies within this span (equal spans contain each other).</summary>
    public bool Contains(SourceSpan other) => StartByte <= other.StartByte && other.EndByte <= EndByte;
}

/// <summary>A git work tree, or a folder in none. Git facts are read from files; no program runs.</summary>
/// <param name="Name">The folder's name, made unique in the workspace with a suffix.</param>
/// <param name="Root">Absolute path of the work tree.</param>
/// <param name="Remote">Address of <c>origin</c> (or the only remote) without credentials, or null.</param>
/// <param name="Commit">Commit of HEAD, 40 or 64 hex digits, or null.</param>
public sealed record Repository(string Name, string Root, string? Remote, string? Commit);

/// <summary>The licence of a file.</summary>
/// <param name="Spdx">SPDX expression, or <c>NOASSERTION</c> where a licence text was found but not recognised.</param>
/// <param name="Source">Path of the file that says so, below the repository's root; the file itself for an SPDX tag.</param>
public sealed record Licence(string Spdx, string Source);
