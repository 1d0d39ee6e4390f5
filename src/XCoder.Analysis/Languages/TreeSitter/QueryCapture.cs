using System.Runtime.InteropServices;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>Tree-sitter's <c>TSQueryCapture</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QueryCapture
{
    public SyntaxNode Node;
    public uint Index;
}
