using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// The best rows so far of each query, offered in any order by several threads; the order of hits is total, so the
/// result does not depend on it. One heap a query, its worst hit first, all in one array.
/// </summary>
internal sealed class TopRows
{
    private readonly int _limit;
    private readonly Func<int, int, bool>? _accept;
    private readonly SearchHit[] _hits;
    private readonly int[] _counts;
    private readonly Lock[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    public TopRows(int queries, int limit, Func<int, int, bool>? accept)
    {
        (_limit, _accept) = (limit, accept);
        (_hits, _counts) = (new SearchHit[checked(queries * limit)], new int[queries]);
    }

    /// <summary>Offers rows to a query.</summary>
    /// <param name="query">Number of the query.</param>
    /// <param name="products">Scalar products of the unit query with the rows.</param>
    /// <param name="inverseNorms">What makes them cosines, one a product; not a number for a row that is not to be found.</param>
    /// <param name="first">Number of the first row, where <paramref name="rows"/> is empty.</param>
    /// <param name="rows">Numbers of the rows; empty for successive ones.</param>
    public void Offer(int query, ReadOnlySpan<float> products, ReadOnlySpan<float> inverseNorms, int first, ReadOnlySpan<int> rows)
    {
        ref var product = ref MemoryMarshal.GetReference(products);
        ref var inverse = ref MemoryMarshal.GetReference(inverseNorms[..products.Length]);
        lock (_gates[query % _gates.Length])
        {
            var lowest = Lowest(query);
            var i = 0;
            for (; i <= products.Length - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                var cosines = Vector256.LoadUnsafe(ref product, (nuint)i) * Vector256.LoadUnsafe(ref inverse, (nuint)i);
                var mask = Vector256.GreaterThanOrEqual(cosines, Vector256.Create(lowest)).ExtractMostSignificantBits();
                for (; mask != 0; mask &= mask - 1)
                {
                    var lane = BitOperations.TrailingZeroCount(mask);
                    lowest = Offer(query, new SearchHit(rows.IsEmpty ? first + i + lane : rows[i + lane], Math.Min(cosines[lane], 1)), lowest);
                }
            }

            for (; i < products.Length; i++)
            {
                var cosine = products[i] * inverseNorms[i];
                if (cosine >= lowest)
                {
                    lowest = Offer(query, new SearchHit(rows.IsEmpty ? first + i : rows[i], Math.Min(cosine, 1)), lowest);
                }
            }
        }
    }

    /// <summary>The result; to be called once, when nothing more is offered.</summary>
    public SearchResult Sorted(long comparisons)
    {
        for (var query = 0; query < _counts.Length; query++)
        {
            HitHeap.Sort(_hits.AsSpan(query * _limit, _counts[query]));
        }

        return new SearchResult(_hits, _counts, _limit, comparisons);
    }

    private float Lowest(int query) => _counts[query] < _limit ? float.NegativeInfinity : _hits[query * _limit].Cosine;

    private float Offer(int query, SearchHit hit, float lowest)
    {
        var heap = _hits.AsSpan(query * _limit, _limit);
        if ((_counts[query] == _limit && !hit.IsBefore(heap[0])) || (_accept is not null && !_accept(query, hit.Row)))
        {
            return lowest;
        }

        HitHeap.Push(heap, ref _counts[query], hit);
        return Lowest(query);
    }
}
