using System.Runtime.InteropServices;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>Tree-sitter's <c>TSQueryMatch</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct QueryMatch
{
    public uint Id;
    public ushort PatternIndex;
    public ushort CaptureCount;
    public QueryCapture* Captures;
}
