using System.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>A language's <see cref="MeaningfulLayout"/> in terms of its grammar. Immutable.</summary>
internal sealed class LayoutRules
{
    // The numbers match grammars/native/walk.c.
    private const byte Counts = 1, ChildrenCount = 2, Verbatim = 4;

    private readonly byte[][] _breaksAfter;
    private readonly byte[][] _breaksBefore;
    private readonly byte[][] _spaces;

    /// <exception cref="InvalidDataException">A rule names a node type that the grammar does not have.</exception>
    public LayoutRules(CompiledLanguage language, MeaningfulLayout layout)
    {
        Nodes = new byte[language.Classes.Length];
        Mark(language, layout.Nodes, ChildrenCount);
        Mark(language, layout.Verbatim, Verbatim);
        (_breaksAfter, _breaksBefore, _spaces) = (Bytes(layout.BreaksAfter), Bytes(layout.BreaksBefore), Bytes(layout.Spaces));
    }

    /// <summary>For each symbol, whether its nodes or those inside show the layout, and whether blanks inside are text.</summary>
    public byte[] Nodes { get; }

    /// <summary>Whether a line end after a token has a meaning that nodes do not show.</summary>
    public bool BreaksAfter(ReadOnlySpan<byte> token) => Contains(_breaksAfter, token);

    /// <summary>Whether a line end between an operand and a token has a meaning that nodes do not show.</summary>
    public bool BreaksBefore(ReadOnlySpan<byte> token) => Contains(_breaksBefore, token);

    /// <summary>Whether a space before a token that follows an operand, and none after it, has a meaning that nodes do not show.</summary>
    public bool Spaces(ReadOnlySpan<byte> token) => Contains(_spaces, token);

    /// <summary>Whether a text is one of <paramref name="texts"/>.</summary>
    public static bool Contains(byte[][] texts, ReadOnlySpan<byte> text)
    {
        foreach (var other in texts)
        {
            if (text.SequenceEqual(other))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[][] Bytes(IReadOnlyList<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private void Mark(CompiledLanguage language, IReadOnlyList<string> types, byte mark)
    {
        foreach (var type in types)
        {
            if (type == "*")
            {
                foreach (ref var node in Nodes.AsSpan())
                {
                    node |= Counts;
                }

                continue;
            }

            var symbol = language.FindSymbol(type, named: true);
            Nodes[symbol] |= symbol != 0 ? mark : throw new InvalidDataException(
                $"The layout of '{language.Language.Id}' names '{type}', which is no node type of the grammar.");
        }
    }
}
