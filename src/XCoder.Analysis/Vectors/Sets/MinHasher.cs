using System.Numerics;
using System.Runtime.InteropServices;
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

/// <summary>
/// Locality-sensitive hashing of MinHash signatures (Indyk and Motwani 1998; Leskovec, Rajaraman and Ullman, "Mining
/// of Massive Datasets", 3.4): a pair of Jaccard similarity s shares a bucket with probability 1-(1-sʳ)ᵇ for b bands
/// of r rows. Bands are sorted, not hashed into tables: memory is 2 bytes a signature value (16-bit minima, Li and
/// König 2010) plus 8 bytes an item and thread, and the result is the same for every number of threads.
/// </summary>
/// <remarks>
/// A bucket of more than <see cref="MaxBucket"/> items (generated code, boilerplate) is not compared pair by pair:
/// each item meets the bucket's first items and its next ones, then the bucket is split by the following band,
/// up to three times. That is linear in the bucket; every item of a family of equals still meets the family's first.
/// </remarks>
internal sealed class LshIndex
{
    /// <summary>Buckets up to this size are compared pair by pair.</summary>
    public const int MaxBucket = 64;

    private const int PageShift = 12;
    private const int Leaders = 8;
    private const int Followers = 8;
    private const int MaxSplits = 3;

    private readonly int _bands;
    private readonly int _rows;
    private readonly ushort[][] _pages;
    private readonly byte[] _partitions;

    /// <summary>An index of <paramref name="count"/> items, numbered from 0.</summary>
    public LshIndex(int count, int bands, int rows)
    {
        (Count, _bands, _rows, _partitions) = (count, bands, rows, new byte[count]);
        _pages = new ushort[(count + (1 << PageShift) - 1) >> PageShift][];
        for (var page = 0; page < _pages.Length; page++)
        {
            _pages[page] = new ushort[Math.Min(1 << PageShift, count - (page << PageShift)) * bands * rows];
        }
    }

    /// <summary>Number of items.</summary>
    public int Count { get; }

    /// <summary>Sets an item's signature. Different items may be set concurrently.</summary>
    /// <param name="item">Number of the item.</param>
    /// <param name="signature">bands · rows values.</param>
    /// <param name="partition">Items of different partitions are never paired.</param>
    public void Set(int item, ReadOnlySpan<uint> signature, byte partition = 0)
    {
        var values = Values(item);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (ushort)signature[i];
        }

        _partitions[item] = partition;
    }

    /// <summary>Share of equal values of two items' signatures; estimates Jaccard with a bias below 2⁻¹⁶.</summary>
    public double Estimate(int a, int b)
    {
        var left = Values(a);
        var right = Values(b);
        var wideLeft = MemoryMarshal.Cast<ushort, Vector<ushort>>(left);
        var wideRight = MemoryMarshal.Cast<ushort, Vector<ushort>>(right);
        var counts = Vector<ushort>.Zero;
        for (var i = 0; i < wideLeft.Length; i++)
        {
            counts -= Vector.Equals(wideLeft[i], wideRight[i]);
        }

        int equal = Vector.Sum(counts);
        for (var i = wideLeft.Length * Vector<ushort>.Count; i < left.Length; i++)
        {
            equal += left[i] == right[i] ? 1 : 0;
        }

        return equal / (double)left.Length;
    }

    /// <summary>
    /// The pairs that share a bucket and whose <see cref="Estimate"/> is at least <paramref name="lowest"/>, each
    /// as <c>(larger &lt;&lt; 32) | smaller</c>, ascending, distinct.
    /// </summary>
    public ulong[] Pairs(double lowest, int threads, CancellationToken cancellation = default)
    {
        // Most pairs share several bands: each band is merged as it ends, so that a pair is held once. The union is
        // the same in whatever order bands end.
        ulong[] all = [];
        var gate = new Lock();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, _bands, parallel, () => new ulong[Count], (band, _, keys) =>
        {
            for (var item = 0; item < keys.Length; item++)
            {
                keys[item] = Key(item, band);
            }

            var pairs = new List<ulong>();
            Collect(keys, band, 0, lowest, pairs);
            pairs.Sort();
            lock (gate)
            {
                all = Union(all, CollectionsMarshal.AsSpan(pairs));
            }

            return keys;
        }, static _ => { });
        return all;
    }

    // Sorting puts a bucket's items side by side, ascending.
    private void Collect(Span<ulong> keys, int band, int splits, double lowest, List<ulong> pairs)
    {
        keys.Sort();
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] >> 32 == keys[start] >> 32;)
            {
                end++;
            }

            var bucket = keys[start..end];
            var isSmall = bucket.Length <= MaxBucket;
            for (var i = 1; i < bucket.Length; i++)
            {
                var to = isSmall ? i : Math.Min(i, Leaders);
                for (var j = 0; j < to; j++)
                {
                    Compare((int)(uint)bucket[j], (int)(uint)bucket[i], lowest, pairs);
                }

                for (var j = Math.Max(to, i - Followers); j < i; j++)
                {
                    Compare((int)(uint)bucket[j], (int)(uint)bucket[i], lowest, pairs);
                }
            }

            if (!isSmall && splits < MaxSplits)
            {
                foreach (ref var key in bucket)
                {
                    key = Key((int)(uint)key, (band + 1) % _bands);
                }

                Collect(bucket, (band + 1) % _bands, splits + 1, lowest, pairs);
            }
        }
    }

    private void Compare(int a, int b, double lowest, List<ulong> pairs)
    {
        if (_partitions[a] == _partitions[b] && Estimate(a, b) >= lowest)
        {
            pairs.Add(((ulong)Math.Max(a, b) << 32) | (uint)Math.Min(a, b));
        }
    }

    private ulong Key(int item, int band)
    {
        ulong hash = _partitions[item];
        foreach (var value in Values(item).Slice(band * _rows, _rows))
        {
            hash = SpanHash.Spread((hash << 16) ^ (hash >> 48) ^ value);
        }

        return (hash & 0xFFFFFFFF00000000) | (uint)item;
    }

    private Span<ushort> Values(int item)
    {
        var length = _bands * _rows;
        return _pages[item >> PageShift].AsSpan((item & ((1 << PageShift) - 1)) * length, length);
    }

    // Distinct union of two ascending sequences, of which the first is distinct; counted first to allocate once.
    private static ulong[] Union(ulong[] distinct, ReadOnlySpan<ulong> more)
    {
        var union = new ulong[Merge(distinct, more, [])];
        Merge(distinct, more, union);
        return union;
    }

    private static int Merge(ReadOnlySpan<ulong> distinct, ReadOnlySpan<ulong> more, Span<ulong> union)
    {
        var (i, j, count) = (0, 0, 0);
        while (i < distinct.Length || j < more.Length)
        {
            var least = j == more.Length || (i < distinct.Length && distinct[i] <= more[j]) ? distinct[i] : more[j];
            i += i < distinct.Length && distinct[i] == least ? 1 : 0;
            while (j < more.Length && more[j] == least)
            {
                j++;
            }

            if (!union.IsEmpty)
            {
                union[count] = least;
            }

            count++;
        }

        return count;
    }
}

/// <summary>Jaccard similarity of sets: |A ∩ B| / |A ∪ B|.</summary>
public static class Jaccard
{
    /// <summary>Exact Jaccard similarity in [0, 1] of two sets given ascending and distinct; 1 for two empty sets.</summary>
    public static double Of(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        if (a.Length + b.Length == 0)
        {
            return 1;
        }

        var (i, j, common) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            var (left, right) = (a[i], b[j]);

            // Branch-free: shingle hashes are random, a branch here would be mispredicted every other time.
            common += left == right ? 1 : 0;
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }

        return common / (double)(a.Length + b.Length - common);
    }
}
