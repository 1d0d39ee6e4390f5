using System.Buffers;

namespace XCoder.Analysis.Model;

/// <summary>
/// The tokens of one file in source order, without layout and comments. A token's text is a range of the file's text,
/// so the stream holds only offsets and classes; <see cref="Encode"/> stores 2 to 3 bytes per token. Renamed
/// duplicates, near duplicates and embeddings all use this stream.
/// </summary>
public sealed class TokenStream
{
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly TokenClass[] _classes;

    /// <summary>Wraps parallel arrays of equal length, ordered by start.</summary>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    public TokenStream(int[] starts, int[] lengths, TokenClass[] classes)
    {
        if (starts.Length != lengths.Length || starts.Length != classes.Length)
        {
            throw new ArgumentException(
                $"Token arrays differ in length: {starts.Length} starts, {lengths.Length} lengths, {classes.Length} classes.");
        }

        (_starts, _lengths, _classes) = (starts, lengths, classes);
    }

    /// <summary>Number of tokens.</summary>
    public int Count => _starts.Length;

    /// <summary>First byte of each token, ascending.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>Length of each token in bytes.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Class of each token.</summary>
    public ReadOnlySpan<TokenClass> Classes => _classes;

    /// <summary>The text of token <paramref name="index"/> in <paramref name="text"/>, the file's UTF-8.</summary>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> text, int index) => text.Slice(_starts[index], _lengths[index]);

    /// <summary>Index of the first token that starts at or after <paramref name="offset"/>.</summary>
    public int IndexAtOrAfter(int offset)
    {
        var index = Array.BinarySearch(_starts, offset);
        return index < 0 ? ~index : index;
    }

    /// <summary>
    /// Encodes the stream compactly: for each token the varint <c>(gap &lt;&lt; 3 | class)</c>, then the varint length.
    /// </summary>
    /// <exception cref="InvalidOperationException">A token begins before the end of the one before it.</exception>
    public byte[] Encode()
    {
        var buffer = ArrayPool<byte>.Shared.Rent((Count * 10) + 5);
        try
        {
            var at = WriteVarint(buffer, 0, (uint)Count);
            var end = 0;
            for (var i = 0; i < Count; i++)
            {
                if (_starts[i] < end)
                {
                    throw new InvalidOperationException($"Token {i} begins at {_starts[i]}, before the end of the one before it, {end}.");
                }

                at = WriteVarint(buffer, at, ((uint)(_starts[i] - end) << 3) | (uint)_classes[i]);
                at = WriteVarint(buffer, at, (uint)_lengths[i]);
                end = _starts[i] + _lengths[i];
            }

            return buffer[..at];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Decodes the output of <see cref="Encode"/>.</summary>
    /// <exception cref="InvalidDataException">The bytes are not an encoded stream.</exception>
    public static TokenStream Decode(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        var count = (int)ReadVarint(bytes, ref at);
        if (count < 0 || count > bytes.Length)
        {
            throw new InvalidDataException($"A token stream of {bytes.Length} bytes claims {count} tokens.");
        }

        var (starts, lengths, classes) = (new int[count], new int[count], new TokenClass[count]);
        var end = 0;
        for (var i = 0; i < count; i++)
        {
            var head = ReadVarint(bytes, ref at);
            classes[i] = (TokenClass)(head & 7);
            starts[i] = end + (int)(head >> 3);
            lengths[i] = (int)ReadVarint(bytes, ref at);
            end = starts[i] + lengths[i];
        }

        return new TokenStream(starts, lengths, classes);
    }

    private static int WriteVarint(byte[] buffer, int at, uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            buffer[at++] = (byte)(value | 0x80);
        }

        buffer[at++] = (byte)value;
        return at;
    }

    private static uint ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (at >= bytes.Length)
            {
                break;
            }

            var b = bytes[at++];
            value |= (uint)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException($"A token stream of {bytes.Length} bytes ends inside a number at byte {at}.");
    }
}

/// <summary>The class of a token. The stream contains neither comments nor documentation.</summary>
public enum TokenClass : byte
{
    /// <summary>A name chosen by the author. The search for renamed duplicates ignores its text.</summary>
    Identifier = 1,

    /// <summary>A number. The search for renamed duplicates ignores its text.</summary>
    Number = 2,

    /// <summary>
    /// A string, or the part of one between interpolations, quotes included. Renamed duplicates ignore its text.
    /// </summary>
    String = 3,

    /// <summary>Another literal (character, regular expression, symbol). Renamed duplicates ignore its text.</summary>
    Literal = 4,

    /// <summary>A word of the language: a keyword, a basic type, <c>true</c>, <c>self</c>.</summary>
    Keyword = 5,

    /// <summary>An operator, bracket or other punctuation.</summary>
    Punctuation = 6,

    /// <summary>
    /// Text of the code that the parser gives no token, such as an unknown macro. Duplicates compare it as it is written; models
    /// do not read it.
    /// </summary>
    Other = 7,
}
