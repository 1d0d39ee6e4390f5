using System.Runtime.InteropServices;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>What the walk in <c>grammars/native/walk.c</c> reports: a token, a comment, an error or a named node.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct WalkEvent
{
    public readonly uint Start;
    public readonly uint End;
    public readonly ushort Symbol;
    public readonly SymbolClass Class;
    public readonly byte Named;

    /// <summary>Index of the node for a node that was entered; <see cref="uint.MaxValue"/> for a token.</summary>
    public readonly uint Node;
}
