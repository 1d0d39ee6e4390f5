using System.Runtime.InteropServices;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>Tree-sitter's <c>TSQueryPredicateStep</c>: 0 ends a predicate, 1 is a capture, 2 a string.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QueryPredicateStep
{
    public int Type;
    public uint ValueId;
}
