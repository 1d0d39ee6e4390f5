using System.Collections.Concurrent;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Compares every query with every row: a matrix product by blocks, from whose cosines the best are kept. Memory
/// beyond the table and the result is 5 MiB a thread at 512 numbers a row.
/// </summary>
internal sealed class ExactSearch : IVectorSearch
{
    // A unit of work: fixed, so that results do not depend on the number of threads.
    private const int SegmentPages = 16;

    private readonly VectorTable _table;
    private readonly int _threads;
    private readonly MatrixProduct _product = new();

    /// <summary>A search over a table, which is not to be changed while it is in use.</summary>
    public ExactSearch(VectorTable table, SearchOptions? options = null) =>
        (_table, _threads) = (table, (options ?? new SearchOptions()).Validated().Threads);

    /// <inheritdoc/>
    public int Count => _table.Count;

    /// <inheritdoc/>
    public SearchResult Search(VectorTable queries, int limit, Func<int, int, bool>? accept = null, CancellationToken cancellation = default)
    {
        Check(queries, _table, limit);
        var best = new TopRows(queries.Count, Math.Min(limit, _table.Count), accept);
        Search(queries, 0, queries.Count, best, cancellation);
        return best.Sorted((long)queries.Count * _table.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _product.Dispose();

    /// <summary>Searches for some successive queries; <paramref name="best"/> numbers them from 0.</summary>
    internal void Search(VectorTable queries, int from, int count, TopRows best, CancellationToken cancellation)
    {
        var pages = Blocks(_table.Count, VectorTable.PageRows);
        var segments = Blocks(pages, SegmentPages);
        var spare = new ConcurrentBag<SearchBuffers>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellation };
        Parallel.For(0L, (long)Blocks(count, SearchBuffers.QueryRows) * segments, parallel, () => SearchBuffers.Take(spare, _table.Dimension), (unit, _, buffers) =>
        {
            var (first, segment) = ((int)(unit / segments) * SearchBuffers.QueryRows, (int)(unit % segments));
            var block = Math.Min(SearchBuffers.QueryRows, count - first);
            buffers.Load(queries, from + first, block, []);
            for (var page = segment * SegmentPages; page < Math.Min(pages, (segment + 1) * SegmentPages); page++)
            {
                cancellation.ThrowIfCancellationRequested();
                var rows = Math.Min(VectorTable.PageRows, _table.Count - (page * VectorTable.PageRows));
                buffers.Compare(_product, _table.Rows(page, rows, _table.IsHalf ? buffers.Rows : []), _table.InverseNorms(page), page * VectorTable.PageRows, [], best, first, []);
            }

            return buffers;
        }, spare.Add);
    }

    internal static void Check(VectorTable queries, VectorTable table, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (queries.Dimension != table.Dimension)
        {
            throw new ArgumentException($"The queries have {queries.Dimension} numbers a row, the table {table.Dimension}.", nameof(queries));
        }
    }

    internal static int Blocks(int count, int size) => (count + size - 1) / size;
}
