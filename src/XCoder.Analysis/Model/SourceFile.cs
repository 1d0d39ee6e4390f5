namespace XCoder.Analysis.Model;

/// <summary>The text of a file, decoded to UTF-8.</summary>
/// <param name="Path">Path below the repository's root, <c>/</c>-separated.</param>
/// <param name="Text">UTF-8 without byte-order mark. Bytes that are not valid UTF-8 stay as they are.</param>
/// <param name="InvalidBytes">Number of bytes that are not valid UTF-8.</param>
public sealed record SourceFile(string Path, byte[] Text, int InvalidBytes)
{
    /// <summary>What is known of code that stood in a container; null if the file is code itself.</summary>
    internal ContainedCode? Contained { get; init; }

    /// <summary>The text in which notices stand: of a licence, of a generator.</summary>
    internal byte[] Notices => Contained?.Notices ?? Text;

    /// <summary>Bytes of code.</summary>
    internal int CodeBytes => Contained?.Bytes ?? Text.Length;
}

/// <summary>What is known of code that stood in a container, such as a notebook, beside its text.</summary>
internal sealed record ContainedCode
{
    /// <summary>For each line of the text, the line of the file, 1-based; null if they are the same.</summary>
    public IReadOnlyList<int>? Lines { get; init; }

    /// <summary>Ranges of the text that are not of its language (a notebook's commands), in order. The parser sees a name there.</summary>
    public IReadOnlyList<(int Start, int End)> Commands { get; init; } = [];

    /// <summary>Bytes of code; the text may hold blanks in the place of what is not read.</summary>
    public required int Bytes { get; init; }

    /// <summary>What the container says before its code, then the code.</summary>
    public required byte[] Notices { get; init; }

    /// <summary>Whether a part of the container could not be read.</summary>
    public bool IsBroken { get; init; }
}

/// <summary>A range of a file's text, measured in UTF-8 without byte-order mark.</summary>
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

/// <summary>A git work tree, or a folder outside any. Git facts are read from files; no program runs.</summary>
/// <param name="Name">The folder's name, made unique within the workspace by a suffix.</param>
/// <param name="Root">Absolute path of the work tree.</param>
/// <param name="Remote">Address of <c>origin</c> (or the only remote) without credentials, or null.</param>
/// <param name="Commit">Commit of HEAD, 40 or 64 hex digits, or null.</param>
public sealed record Repository(string Name, string Root, string? Remote, string? Commit);

/// <summary>The licence of a file.</summary>
/// <param name="Spdx">SPDX expression; <c>NOASSERTION</c> where a licence text was found but not recognised.</param>
/// <param name="Source">
/// Path, below the repository's root, of the file that states the licence; the file itself for an SPDX tag.
/// </param>
public sealed record Licence(string Spdx, string Source);
