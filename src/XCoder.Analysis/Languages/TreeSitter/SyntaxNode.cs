using System.Runtime.InteropServices;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>Tree-sitter's <c>TSNode</c>: a node of a tree that must outlive it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SyntaxNode
{
    private fixed uint _context[4];
    private readonly void* _id;
    private readonly void* _tree;

    public readonly bool IsNull => _id == null;

    public readonly int StartByte => (int)Native.ts_node_start_byte(this);

    public readonly int EndByte => (int)Native.ts_node_end_byte(this);

    public readonly ushort Symbol => Native.ts_node_symbol(this);

    public readonly bool HasError => Native.ts_node_has_error(this);

    public readonly bool IsNamed => Native.ts_node_is_named(this);

    public readonly int ChildCount => (int)Native.ts_node_child_count(this);

    public readonly SyntaxNode Child(int index) => Native.ts_node_child(this, (uint)index);
}
