using System.Buffers;
using System.Text;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Cuts at single characters.</summary>
internal sealed class CharacterPreTokenizer : IPreTokenizer
{
    [ThreadStatic]
    private static List<(int Start, int End)>? _found;

    private readonly Func<Rune, bool> _isMatch;
    private readonly SplitBehavior _behavior;
    private readonly bool[] _ascii = new bool[128];

    public CharacterPreTokenizer(Func<Rune, bool> isMatch, SplitBehavior behavior)
    {
        (_isMatch, _behavior) = (isMatch, behavior);
        for (var value = 0; value < _ascii.Length; value++)
        {
            _ascii[value] = _isMatch(new Rune(value));
        }
    }

    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        var matches = _found ??= [];
        matches.Clear();
        for (var at = 0; at < piece.Length;)
        {
            if (piece[at] < 128)
            {
                if (_ascii[piece[at]])
                {
                    matches.Add((at, at + 1));
                }

                at++;
                continue;
            }

            if (Rune.DecodeFromUtf16(piece[at..], out var rune, out var length) == OperationStatus.Done && _isMatch(rune))
            {
                matches.Add((at, at + length));
            }

            at += length;
        }

        Splitter.Split(piece, matches, isInverted: false, _behavior, pieces);
    }
}
