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
    public static int Common(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b) => Common(a, b, []);

    /// <summary>
    /// Returns how many steps stand between two common ones, or before the first or behind the last, on either side; a pair of numbers for
    /// each such place, in the order of the steps. One that is 0 means that one side has steps there and the other has none.
    /// </summary>
    /// <param name="a">The one's steps.</param>
    /// <param name="b">The other's steps.</param>
    public static List<(int A, int B)> Gaps(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        // One bit for each step of a, a row for each step of b: clear where the step lengthens what is common so far.
        var words = (a.Length + Bits - 1) / Bits;
        var rows = new ulong[(b.Length + 1) * words];
        Common(a, b, rows);
        var (i, j, gap, gaps) = (a.Length, b.Length, (A: 0, B: 0), new List<(int, int)>());
        while (i > 0 && j > 0)
        {
            var bit = 1UL << ((i - 1) % Bits);
            if ((rows[(j * words) + ((i - 1) / Bits)] & bit) != 0)
            {
                (i, gap.A) = (i - 1, gap.A + 1);
            }
            else if ((rows[((j - 1) * words) + ((i - 1) / Bits)] & bit) == 0)
            {
                (j, gap.B) = (j - 1, gap.B + 1);
            }
            else
            {
                if (gap != default)
                {
                    gaps.Add(gap);
                }

                (i, j, gap) = (i - 1, j - 1, default);
            }
        }

        gap = (gap.A + i, gap.B + j);
        if (gap != default)
        {
            gaps.Add(gap);
        }

        gaps.Reverse();
        return gaps;
    }

    private static int Common(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, Span<ulong> trace)
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
        for (var j = 0; j < b.Length; j++)
        {
            if (trace.Length > 0)
            {
                rows.CopyTo(trace[(j * words)..]);
            }

            if (!places.TryGetValue(b[j], out var mask))
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

        if (trace.Length > 0)
        {
            rows.CopyTo(trace[(b.Length * words)..]);
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
