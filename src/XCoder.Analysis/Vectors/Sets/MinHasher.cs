using System.Numerics;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Vectors.Sets;

/// <summary>
/// Makes MinHash signatures (Broder, "On the resemblance and containment of documents", 1997): under a random
/// permutation two sets have the same minimum with probability equal to their Jaccard similarity.
/// </summary>
/// <remarks>
/// Every position has its own permutation of 32 bits, evaluated for a vector of positions at once. One-permutation
/// hashing (Shrivastava 2017) costs less per shingle, but most snippets have fewer shingles than a signature has
/// positions, its positions would then be copies of one another and the bands no longer independent.
/// </remarks>
internal sealed class MinHasher
{
    private const uint Multiplier = 0x9E3779B1;

    private readonly uint[] _masks;
    private readonly uint[] _factors;

    /// <summary>Draws the permutations.</summary>
    /// <param name="length">Values a signature, 1 or more. The estimate's standard deviation is √(J(1-J)/length).</param>
    /// <param name="seed">Signatures compare only under equal seeds.</param>
    public MinHasher(int length, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Length = length;
        var padded = (length + Vector<uint>.Count - 1) / Vector<uint>.Count * Vector<uint>.Count;
        (_masks, _factors) = (new uint[padded], new uint[padded]);
        for (var i = 0; i < padded; i++)
        {
            var random = SpanHash.Spread(SpanHash.Spread(seed) + (ulong)i + 1);
            _masks[i] = (uint)random;
            _factors[i] = (uint)(random >> 32) | 1;
        }
    }

    /// <summary>Values a signature.</summary>
    public int Length { get; }

    /// <summary>Writes the signature of a set of shingle hashes; of an empty set every value is the largest.</summary>
    /// <param name="shingles">Well-mixed 64-bit hashes; their low half is used.</param>
    /// <param name="signature">Receives <see cref="Length"/> values.</param>
    public void Sign(ReadOnlySpan<ulong> shingles, Span<uint> signature)
    {
        Span<uint> block = stackalloc uint[Vector<uint>.Count];
        for (var at = 0; at < Length; at += Vector<uint>.Count)
        {
            var (mask, factor) = (new Vector<uint>(_masks, at), new Vector<uint>(_factors, at));
            var least = Vector<uint>.AllBitsSet;
            foreach (var shingle in shingles)
            {
                var value = (new Vector<uint>((uint)shingle) ^ mask) * factor;
                least = Vector.Min(least, (value ^ (value >>> 15)) * Multiplier);
            }

            least.CopyTo(block);
            block[..Math.Min(block.Length, Length - at)].CopyTo(signature[at..]);
        }
    }

    /// <summary>Share of equal values of two signatures: an unbiased estimate of the Jaccard similarity.</summary>
    public static double Estimate(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        var equal = 0;
        for (var i = 0; i < a.Length; i++)
        {
            equal += a[i] == b[i] ? 1 : 0;
        }

        return equal / (double)a.Length;
    }
}
