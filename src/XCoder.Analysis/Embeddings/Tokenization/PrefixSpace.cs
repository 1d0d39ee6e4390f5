namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>A blank in front of what has none, so that a word at the start is as one in the middle.</summary>
internal sealed class PrefixSpace : IPreTokenizer
{
    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        if (piece[0] != ' ')
        {
            pieces.Append(1)[0] = ' ';
        }

        pieces.Add(piece);
    }
}
