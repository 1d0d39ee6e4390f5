using System.Numerics;
using System.Runtime.InteropServices;

namespace XCoder.Agents.Mining.Translations;

/// <summary>Compares the steps of two functions in order.</summary>
internal static class StepAlignment
{
    private const int Bits = 64;

    /// <summary>Returns the length of the longest common subsequence.</summary>
    /// <param name="a">The one's steps.</param>
    /// <param name="b">The other's steps.</param>
    /// <remarks>H. Hyyrö, "Bit-parallel LCS-length computation revisited", AWOCA 2004.</remarks>
    public static int Common(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        var words = (a.Length + Bits - 1) / Bits;
        if (words == 0 || b.Length == 0)
        {
            return 0;
        }

        var places = new Dictionary<uint, ulong[]>();
        for (var i = 0; i < a.Length; i++)
        {
            ref var mask = ref CollectionsMarshal.GetValueRefOrAddDefault(places, a[i], out _);
            (mask ??= new ulong[words])[i / Bits] |= 1UL << (i % Bits);
        }

        var rows = new ulong[words];
        Array.Fill(rows, ulong.MaxValue);
        foreach (var step in b)
        {
            if (!places.TryGetValue(step, out var mask))
            {
                continue;
            }

            var carry = 0UL;
            for (var word = 0; word < words; word++)
            {
                var row = rows[word];
                var match = row & mask[word];
                var sum = row + match;
                var over = sum < row ? 1UL : 0;
                sum += carry;
                carry = over | (sum < carry ? 1UL : 0);
                rows[word] = sum | (row - match);
            }
        }

        var common = 0;
        for (var word = 0; word < words; word++)
        {
            var used = word < words - 1 || a.Length % Bits == 0 ? ulong.MaxValue : (1UL << (a.Length % Bits)) - 1;
            common += BitOperations.PopCount(~rows[word] & used);
        }

        return common;
    }

    /// <summary>Returns twice the common steps over all of both, in [0, 1].</summary>
    public static double Likeness(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b) =>
        a.Length + b.Length == 0 ? 0 : 2.0 * Common(a, b) / (a.Length + b.Length);
}
