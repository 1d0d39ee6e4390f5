namespace XCoder.Analysis.Model;

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
