using System.Collections.Concurrent;

namespace XCoder.Analysis.Similarity;

/// <summary>
/// Compares a query only with the rows of the partitions nearest to it (inverted lists; Sivic and Zisserman 2003;
/// Jégou, Douze and Schmid 2011). Partitions are lists of row numbers: the rows stay in the table, every cosine is
/// exact, and what is lost is a row whose partition was not searched. Queries of one call share the reading of a
/// partition; many at once are much cheaper than one by one.
/// </summary>
public sealed class PartitionedSearch : IVectorSearch
{
    private const int LeastProbes = 8;
    private const int ProbeShare = 16;

    // Bounds the lists of who searches what.
    private const int QueriesAtOnce = 1 << 15;

    private readonly VectorTable _table;
    private readonly SearchOptions _options;
    private readonly MatrixProduct _product = new();
    private readonly ExactSearch _centres;
    private readonly int[] _starts;
    private readonly int[] _rows;

    /// <summary>Partitions a table, which is not to be changed while the search is in use.</summary>
    public PartitionedSearch(VectorTable table, SearchOptions? options = null, CancellationToken cancellation = default)
    {
        (_table, _options) = (table, (options ?? new SearchOptions()).Validated());
        var wanted = _options.Partitions > 0 ? _options.Partitions : (int)Math.Ceiling(2 * Math.Sqrt(table.Count));
        var centres = SphericalKMeans.Train(table, wanted, _options, cancellation);
        _centres = new ExactSearch(centres, _options);
        Partitions = centres.Count;
        Probes = Math.Min(Partitions, _options.Probes > 0 ? _options.Probes : Math.Max(LeastProbes, Partitions / ProbeShare));
        (_starts, _rows) = Invert(Partitions > 0 ? _centres.Search(table, 1, cancellation: cancellation) : new SearchResult([], new int[table.Count], 0, 0), Partitions);
    }

    /// <inheritdoc/>
    public int Count => _table.Count;

    /// <summary>Number of partitions.</summary>
    public int Partitions { get; }

    /// <summary>Partitions that a query searches.</summary>
    public int Probes { get; }

    /// <inheritdoc/>
    public SearchResult Search(VectorTable queries, int limit, Func<int, int, bool>? accept = null, CancellationToken cancellation = default)
    {
        ExactSearch.Check(queries, _table, limit);
        var best = new TopRows(queries.Count, Math.Min(limit, _table.Count), accept);
        var comparisons = 0L;
        for (var first = 0; first < queries.Count && Partitions > 0; first += QueriesAtOnce)
        {
            comparisons += Search(queries, first, Math.Min(QueriesAtOnce, queries.Count - first), best, cancellation);
        }

        return best.Sorted(comparisons);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _centres.Dispose();
        _product.Dispose();
    }

    private long Search(VectorTable queries, int first, int count, TopRows best, CancellationToken cancellation)
    {
        var probed = new TopRows(count, Probes, null);
        _centres.Search(queries, first, count, probed, cancellation);
        var nearest = probed.Sorted((long)count * Partitions);
        var (starts, askers) = Invert(nearest, Partitions);
        var comparisons = nearest.Comparisons;
        var spare = new ConcurrentBag<SearchBuffers>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation };
        Parallel.For(0, Partitions, parallel, () => SearchBuffers.Take(spare, _table.Dimension), (partition, _, buffers) =>
        {
            var rows = _rows.AsSpan(_starts[partition].._starts[partition + 1]);
            var asking = askers.AsSpan(starts[partition]..starts[partition + 1]);
            Interlocked.Add(ref comparisons, (long)rows.Length * asking.Length);
            for (; !asking.IsEmpty && !rows.IsEmpty; rows = rows[Math.Min(rows.Length, VectorTable.PageRows)..])
            {
                Compare(queries, asking, rows[..Math.Min(rows.Length, VectorTable.PageRows)], first, buffers, best);
            }

            return buffers;
        }, spare.Add);
        return comparisons;
    }

    private void Compare(VectorTable queries, ReadOnlySpan<int> asking, ReadOnlySpan<int> rows, int first, SearchBuffers buffers, TopRows best)
    {
        Span<float> inverseNorms = stackalloc float[VectorTable.PageRows];
        for (var i = 0; i < rows.Length; i++)
        {
            _table.CopyRow(rows[i], buffers.Rows.AsSpan(i * _table.Dimension));
            inverseNorms[i] = _table.InverseNorm(rows[i]);
        }

        for (; !asking.IsEmpty; asking = asking[Math.Min(asking.Length, SearchBuffers.QueryRows)..])
        {
            var count = Math.Min(asking.Length, SearchBuffers.QueryRows);
            buffers.Load(queries, first, count, asking);
            buffers.Compare(_product, buffers.Rows.AsMemory(0, rows.Length * _table.Dimension), inverseNorms, 0, rows, best, first, asking);
        }
    }

    // From the partitions of each item to the items of each partition, ascending: those of partition p stand from
    // starts[p] to starts[p + 1].
    private static (int[] Starts, int[] Items) Invert(SearchResult nearest, int partitions)
    {
        var starts = new int[partitions + 1];
        for (var item = 0; item < nearest.Count; item++)
        {
            foreach (var hit in nearest[item])
            {
                starts[hit.Row + 1]++;
            }
        }

        for (var partition = 0; partition < partitions; partition++)
        {
            starts[partition + 1] += starts[partition];
        }

        var items = new int[starts[partitions]];
        var next = starts.AsSpan().ToArray();
        for (var item = 0; item < nearest.Count; item++)
        {
            foreach (var hit in nearest[item])
            {
                items[next[hit.Row]++] = item;
            }
        }

        return (starts, items);
    }
}
