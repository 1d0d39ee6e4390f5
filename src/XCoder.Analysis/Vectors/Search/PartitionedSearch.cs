using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Compares a query only with the rows of the partitions nearest to it (inverted lists; Sivic and Zisserman 2003;
/// Jégou, Douze and Schmid 2011). Partitions hold the rows projected to few dimensions, one after the other; the best of
/// them are compared again at full length, so that every cosine reported is exact and what is lost is a row whose
/// partition was not searched or whose projection misled. Queries of one call share the reading of a partition; many at
/// once are much cheaper than one by one.
/// </summary>
internal sealed class PartitionedSearch : IVectorSearch
{
    private const int LeastProbes = 8;
    // 700 of 4,000 partitions hold .98 of the ten nearest of a million rows.
    private const double ProbeShare = 0.175;
    private const int LeastCandidates = 100;
    private const int CandidateShare = 4;

    // Every product costs some thirty microseconds however small it is: the larger the group, the more queries share it.
    private const int LeastQueries = 256;
    private const int MostQueries = 2048;

    private readonly VectorTable _table;
    private readonly SearchOptions _options;
    private readonly MatrixProduct _product = new();
    private readonly PartitionIndex _index;

    /// <summary>Partitions a table, which is not to be changed while the search is in use.</summary>
    public PartitionedSearch(VectorTable table, SearchOptions? options = null, CancellationToken cancellation = default)
    {
        (_table, _options) = (table, (options ?? new SearchOptions()).Validated());
        var partition = new PartitionOptions(_options.Threads, _options.Partitions, _options.Axes, _options.SampleRows, _options.Rounds,
            _options.Seed);
        var axes = PrincipalAxes.Learn(table, _options.Axes, _options.Seed, cancellation);
        _index = PartitionIndex.Build(table, [.. Enumerable.Range(0, table.Count)], new byte[table.Count], axes, partition,
            new WorkProgress(null, 0), cancellation);
        Probes = Math.Min(Partitions, _options.Probes > 0 ? _options.Probes : Math.Max(LeastProbes, (int)(Partitions * ProbeShare)));
    }

    /// <inheritdoc/>
    public int Count => _table.Count;

    /// <summary>Number of partitions.</summary>
    public int Partitions => _index.Count;

    /// <summary>Partitions that a query searches.</summary>
    public int Probes { get; }

    /// <inheritdoc/>
    public SearchResult Search(VectorTable queries, int limit, Func<int, int, bool>? accept = null,
        CancellationToken cancellation = default)
    {
        ExactSearch.Check(queries, _table, limit);
        var kept = Math.Min(limit, _table.Count);
        var (hits, counts) = (new SearchHit[checked(queries.Count * kept)], new int[queries.Count]);
        if (Partitions == 0)
        {
            return new SearchResult(hits, counts, kept, 0);
        }

        int[] numbers = [.. Enumerable.Range(0, queries.Count)];
        var projected = ProjectedRows.Of(queries, numbers, _index.Axes, _options.Threads, new WorkProgress(null, 0), cancellation);
        var candidates = Math.Min(_table.Count, Math.Max(LeastCandidates, CandidateShare * (long)kept));
        var probe = new PartitionProbe(Probes, 0, (int)candidates, 0, float.NegativeInfinity);
        var group = Math.Clamp(ExactSearch.Blocks(queries.Count, _options.Threads), LeastQueries, MostQueries);
        var (spare, comparisons) = (new ConcurrentBag<PartitionScan>(), 0L);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(queries.Count, group), parallel,
            () => spare.TryTake(out var left) ? left : new PartitionScan(_index, _product, probe, LabelOrder.Of([]), labels: 1, group),
            (number, _, scan) =>
        {
            var (first, before) = (number * group, scan.Comparisons);
            var count = Math.Min(group, queries.Count - first);
            projected.AsSpan(first * _index.Axes.Count, count * _index.Axes.Count).CopyTo(scan.Queries);
            scan.Run(count, new byte[count], accept is null ? static (_, _) => true
                : (query, row) => accept(first + query, _index.Numbers[row]), cancellation);
            Take(scan, queries, first, count, hits, counts, kept);
            Interlocked.Add(ref comparisons, scan.Comparisons - before);
            return scan;
        }, spare.Add);
        return new SearchResult(hits, counts, kept, comparisons);
    }

    /// <inheritdoc/>
    public void Dispose() => _product.Dispose();

    private void Take(PartitionScan scan, VectorTable queries, int first, int count, SearchHit[] hits, int[] counts, int kept)
    {
        var (candidates, raw) = (new List<SearchHit>(), new float[_table.Dimension]);
        for (var query = first; query < first + count; query++)
        {
            if (float.IsNaN(queries.InverseNorm(query)))
            {
                continue;
            }

            candidates.Clear();
            scan.CopyTo(query - first, candidates);
            foreach (ref var candidate in CollectionsMarshal.AsSpan(candidates))
            {
                candidate = candidate with { Row = _index.Numbers[candidate.Row] };
            }

            queries.CopyRow(query, raw);
            Rerank.Exactly(_table, raw, queries.InverseNorm(query), candidates);
            var sorted = CollectionsMarshal.AsSpan(candidates);
            HitHeap.Sort(sorted);
            counts[query] = Math.Min(kept, sorted.Length);
            sorted[..counts[query]].CopyTo(hits.AsSpan(query * kept));
        }
    }
}

/// <summary>Picks the search that fits a table.</summary>
internal static class VectorSearch
{
    /// <summary>Exact search up to <see cref="SearchOptions.ExactRows"/> rows, partitioned search beyond.</summary>
    /// <param name="table">The rows; not to be changed while the search is in use.</param>
    /// <param name="options">Defaults where null.</param>
    /// <param name="cancellation">Ends the partitioning.</param>
    public static IVectorSearch For(VectorTable table, SearchOptions? options = null, CancellationToken cancellation = default) =>
        table.Count <= (options ??= new SearchOptions()).ExactRows ? new ExactSearch(table, options)
            : new PartitionedSearch(table, options, cancellation);
}
