using System.Text;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Writes every byte of the UTF-8 text as one printable character, as GPT-2 does, so that no text is unknown.</summary>
internal sealed class ByteLevelPreTokenizer : IPreTokenizer
{
    /// <summary>GPT-2's words.</summary>
    public const string Words = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private static readonly char[] Letters = MakeLetters();

    public void Split(ReadOnlySpan<char> piece, bool isFirst, PieceBuffer pieces)
    {
        if (Ascii.IsValid(piece))
        {
            var target = pieces.Append(piece.Length);
            for (var index = 0; index < piece.Length; index++)
            {
                target[index] = Letters[piece[index]];
            }
        }
        else
        {
            Span<byte> bytes = stackalloc byte[4];
            foreach (var rune in piece.EnumerateRunes())
            {
                var count = rune.EncodeToUtf8(bytes);
                var target = pieces.Append(count);
                for (var index = 0; index < count; index++)
                {
                    target[index] = Letters[bytes[index]];
                }
            }
        }

        pieces.End();
    }

    // Printable bytes are themselves, the others follow from U+0100.
    private static char[] MakeLetters()
    {
        var letters = new char[256];
        var next = (char)256;
        for (var value = 0; value < letters.Length; value++)
        {
            letters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : next++;
        }

        return letters;
    }
}
