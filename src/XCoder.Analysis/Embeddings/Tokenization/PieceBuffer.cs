namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Pieces of text one after the other in one buffer: what a pre-tokenizer reads and writes.</summary>
internal sealed class PieceBuffer
{
    private char[] _text = new char[256];
    private int[] _ends = new int[64];
    private int _length;

    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int index] => _text.AsSpan(Start(index), _ends[index] - Start(index));

    public void Clear() => (_length, Count) = (0, 0);

    /// <summary>Adds a piece; empty pieces are none.</summary>
    public void Add(ReadOnlySpan<char> piece)
    {
        piece.CopyTo(Append(piece.Length));
        End();
    }

    /// <summary>Room for <paramref name="count"/> more characters of the piece that <see cref="End"/> ends.</summary>
    public Span<char> Append(int count)
    {
        if (_length + count > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(_length + count, _text.Length * 2));
        }

        _length += count;
        return _text.AsSpan(_length - count, count);
    }

    /// <summary>Takes back the last <paramref name="count"/> characters that <see cref="Append"/> gave.</summary>
    public void TakeBack(int count) => _length -= count;

    /// <summary>Ends the piece that was appended.</summary>
    public void End()
    {
        if (_length == (Count == 0 ? 0 : _ends[Count - 1]))
        {
            return;
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
        }

        _ends[Count++] = _length;
    }

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];
}
