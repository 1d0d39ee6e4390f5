using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Compares every query with every row by blocked matrix products and keeps the best cosines. Beside the table and the
/// result it needs 5 MiB per thread at 512 numbers per row.
/// </summary>
internal sealed class ExactSearch : IVectorSearch
{
    // Pages of one unit of work. Fixed, so that results do not depend on the number of threads.
    private const int SegmentPages = 16;

    private readonly VectorTable _table;
    private readonly int _threads;
    private readonly MatrixProduct _product = new();

    /// <summary>Creates a search over a table, which must not change while the search is in use.</summary>
    public ExactSearch(VectorTable table, SearchOptions? options = null) =>
        (_table, _threads) = (table, (options ?? new SearchOptions()).Validated().Threads);

    /// <inheritdoc/>
    public int Count => _table.Count;

    /// <inheritdoc/>
    public SearchResult Search(VectorTable queries, int limit, Func<int, int, bool>? accept = null,
        CancellationToken cancellation = default)
    {
        Check(queries, _table, limit);
        var best = new TopRows(queries.Count, Math.Min(limit, _table.Count), accept);
        Search(queries, 0, queries.Count, best, cancellation);
        return best.Sorted((long)queries.Count * _table.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _product.Dispose();

    /// <summary>Searches for a run of successive queries; <paramref name="best"/> numbers them from 0.</summary>
    internal void Search(VectorTable queries, int from, int count, TopRows best, CancellationToken cancellation)
    {
        var pages = Blocks(_table.Count, VectorTable.PageRows);
        var segments = Blocks(pages, SegmentPages);
        var spare = new ConcurrentBag<SearchBuffers>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellation };
        Parallel.For(0L, (long)Blocks(count, SearchBuffers.QueryRows) * segments, parallel,
            () => SearchBuffers.Take(spare, _table.Dimension), (unit, _, buffers) =>
        {
            var (first, segment) = ((int)(unit / segments) * SearchBuffers.QueryRows, (int)(unit % segments));
            var block = Math.Min(SearchBuffers.QueryRows, count - first);
            buffers.Load(queries, from + first, block, []);
            for (var page = segment * SegmentPages; page < Math.Min(pages, (segment + 1) * SegmentPages); page++)
            {
                cancellation.ThrowIfCancellationRequested();
                var rows = Math.Min(VectorTable.PageRows, _table.Count - (page * VectorTable.PageRows));
                buffers.Compare(_product, _table.Rows(page, rows, _table.IsHalf ? buffers.Rows : []), _table.InverseNorms(page),
                    page * VectorTable.PageRows, [], best, first, []);
            }

            return buffers;
        }, spare.Add);
    }

    internal static void Check(VectorTable queries, VectorTable table, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (queries.Dimension != table.Dimension)
        {
            throw new ArgumentException($"The queries have {queries.Dimension} numbers a row, the table {table.Dimension}.",
                nameof(queries));
        }
    }

    internal static int Blocks(int count, int size) => (count + size - 1) / size;
}

/// <summary>One thread's buffers: a group of unit queries, rows, and the products of a block of both.</summary>
internal sealed class SearchBuffers(int dimension)
{
    /// <summary>Maximum number of queries in a group. The queries of a group share the cost of widening or gathering rows.</summary>
    public const int QueryRows = 1024;

    /// <summary>Queries multiplied at once: with the rows and the products, they fit the caches.</summary>
    public const int ProductQueries = 256;

    /// <summary>Rows multiplied at once.</summary>
    public const int ProductRows = 512;

    private readonly float[] _queries = new float[QueryRows * dimension];
    private readonly bool[] _hasDirection = new bool[QueryRows];
    private readonly float[] _products = new float[ProductQueries * ProductRows];
    private int _count;

    /// <summary>A buffer into which the caller may put a page of rows; allocated on first use.</summary>
    public float[] Rows => field ??= new float[VectorTable.PageRows * dimension];

    private float[] Padded => field ??= new float[MatrixProduct.LeastRight * dimension];

    /// <summary>Returns buffers that another thread no longer needs, or new ones.</summary>
    public static SearchBuffers Take(ConcurrentBag<SearchBuffers> spare, int dimension) =>
        spare.TryTake(out var buffers) ? buffers : new SearchBuffers(dimension);

    /// <summary>
    /// Loads up to <see cref="QueryRows"/> queries from <paramref name="first"/> on: those that <paramref
    /// name="numbers"/> lists or, where it is empty, <paramref name="count"/> successive ones.
    /// </summary>
    public void Load(VectorTable queries, int first, int count, ReadOnlySpan<int> numbers)
    {
        _count = count;
        for (var i = 0; i < count; i++)
        {
            _hasDirection[i] = queries.CopyUnit(first + (numbers.IsEmpty ? i : numbers[i]), _queries.AsSpan(i * dimension, dimension));
        }

        for (var i = count; i < MatrixProduct.LeastLeft; i++)
        {
            _queries.AsSpan(i * dimension, dimension).Clear();
        }
    }

    /// <summary>Multiplies the queries with rows and offers the products to <paramref name="best"/>.</summary>
    /// <param name="product">Computes the products.</param>
    /// <param name="rows">[count, dimension]; may be <see cref="Rows"/>.</param>
    /// <param name="inverseNorms">At least one value a row.</param>
    /// <param name="first">Number of the first row, where <paramref name="rowNumbers"/> is empty.</param>
    /// <param name="rowNumbers">Numbers of the rows; empty for successive ones.</param>
    /// <param name="best">Receives the products.</param>
    /// <param name="query">
    /// Number by which <paramref name="best"/> knows the first query; it is added to each of <paramref
    /// name="queryNumbers"/> where these are given.
    /// </param>
    /// <param name="queryNumbers">Numbers of the queries; empty for successive ones.</param>
    public void Compare(MatrixProduct product, Memory<float> rows, ReadOnlySpan<float> inverseNorms, int first,
        ReadOnlySpan<int> rowNumbers, TopRows best, int query, ReadOnlySpan<int> queryNumbers)
    {
        var total = rows.Length / dimension;
        for (var row = 0; row < total; row += ProductRows)
        {
            var count = Math.Min(ProductRows, total - row);
            var (block, width) = Block(rows.Slice(row * dimension, count * dimension), count);
            for (var left = 0; left < _count; left += ProductQueries)
            {
                var asking = Math.Min(ProductQueries, _count - left);
                product.Run(_queries.AsMemory(left * dimension), Math.Max(asking, MatrixProduct.LeastLeft), block, width, dimension,
                    _products);
                for (var i = left; i < left + asking; i++)
                {
                    if (_hasDirection[i])
                    {
                        best.Offer(query + (queryNumbers.IsEmpty ? i : queryNumbers[i]), _products.AsSpan((i - left) * width, count),
                            inverseNorms[row..], first + row, rowNumbers.IsEmpty ? [] : rowNumbers[row..]);
                    }
                }
            }
        }
    }

    private (Memory<float> Rows, int Count) Block(Memory<float> rows, int count)
    {
        if (count >= MatrixProduct.LeastRight)
        {
            return (rows, count);
        }

        rows.Span.CopyTo(Padded);
        Padded.AsSpan(rows.Length).Clear();
        return (Padded, MatrixProduct.LeastRight);
    }
}

/// <summary>
/// The best rows of each query so far. Several threads may offer rows in any order: the order of hits is total, so the
/// result does not depend on who comes first. All queries' heaps, worst hit first, share one array.
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
    /// <param name="inverseNorms">Factors that turn the products into cosines; NaN for a row that must not be found.</param>
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
                    lowest = Offer(query, new SearchHit(rows.IsEmpty ? first + i + lane : rows[i + lane], Math.Min(cosines[lane], 1)),
                        lowest);
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

    /// <summary>Returns the sorted result. Call it once, after the last offer.</summary>
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
