using System.Numerics;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Decontamination;

/// <summary>
/// MinHash signature of a text's 3-word shingles, a byte a row (Li and König, "b-Bit Minwise Hashing", 2010): equal bytes less
/// those expected by chance estimate the Jaccard similarity, with a standard error of 0.06 at one half.
/// </summary>
internal static class WordSignature
{
    /// <summary>Rows.</summary>
    public const int Rows = 64;

    /// <summary>Words of a shingle.</summary>
    public const int Shingle = 3;

    /// <summary>Texts of fewer words have no signature.</summary>
    public const int LeastWords = 6;

    private const double Chance = 1.0 / 256;

    private static readonly ulong[] Factors = [.. Enumerable.Range(1, Rows).Select(row => SpanHash.Spread((ulong)row) | 1)];

    /// <summary>The signature of a text, or null for one too short.</summary>
    public static byte[]? Of(WordHashes words)
    {
        if (words.Count < LeastWords)
        {
            return null;
        }

        Span<uint> least = stackalloc uint[Rows];
        least.Fill(uint.MaxValue);
        for (var i = 0; i + Shingle <= words.Count; i++)
        {
            var shingle = SpanHash.Spread((((words.Words[i] * 31) + words.Words[i + 1]) * 31) + words.Words[i + 2]);
            for (var row = 0; row < Rows; row++)
            {
                least[row] = Math.Min(least[row], (uint)((shingle * Factors[row]) >> 32));
            }
        }

        var signature = new byte[Rows];
        for (var row = 0; row < Rows; row++)
        {
            signature[row] = (byte)(SpanHash.Spread(least[row]) >> 56);
        }

        return signature;
    }

    /// <summary>Estimated Jaccard similarity, in [0, 1].</summary>
    public static double Estimate(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var equal = 0;
        for (var i = 0; i < Rows; i += Vector<byte>.Count)
        {
            equal -= Vector.Sum(Vector.As<byte, sbyte>(Vector.Equals(new Vector<byte>(a[i..]), new Vector<byte>(b[i..]))));
        }

        return Math.Max(0, (((double)equal / Rows) - Chance) / (1 - Chance));
    }
}
