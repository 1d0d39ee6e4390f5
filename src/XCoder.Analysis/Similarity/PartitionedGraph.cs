using System.Collections.Concurrent;

namespace XCoder.Analysis.Similarity;

/// <summary>
/// The nearest rows of rows by partitions: candidates by products of projected rows, then the candidates' cosines from
/// the table. Rows of neighbouring partitions are searched for together.
/// </summary>
internal sealed class PartitionedGraph
{
    private const int RecallRows = 256;
    private const int RecallHits = 10;
    private const int KMeansRounds = 6;
    private const int SampleRows = 48;

    // Projected cosines stray from true ones; a candidate below the floor may be a hit above it.
    private const float FloorMargin = 0.15f;

    private readonly VectorTable _table;
    private readonly ReadOnlyMemory<byte> _labels;
    private readonly NeighbourGraphOptions _options;
    private readonly PartitionIndex _index;
    private readonly PartitionProbe _probe;

    public PartitionedGraph(VectorTable table, ReadOnlyMemory<byte> labels, NeighbourGraphOptions options, CancellationToken cancellation)
    {
        (_table, _labels, _options) = (table, labels, options);
        var partition = new PartitionOptions(options.Threads, options.Partitions, options.Axes, SampleRows, KMeansRounds, options.Seed);
        var axes = PrincipalAxes.Learn(table, options.Axes, options.Seed, cancellation);
        _index = PartitionIndex.Build(table, [.. Enumerable.Range(0, table.Count)], labels.Span, axes, partition, cancellation);
        _probe = new PartitionProbe(options.ProbesOf(_index.Count), options.LabelProbes, options.Neighbours * options.Candidates, options.PerLabel * options.Candidates, options.Floor - FloorMargin);
    }

    /// <summary>All rows that have a direction, neighbours near each other.</summary>
    public ReadOnlyMemory<int> Rows => _index.Numbers;

    /// <summary>Finds the hits of some rows among all.</summary>
    /// <param name="queries">Rows of the table, near rows near each other.</param>
    /// <param name="hits">Receives the hits of those rows.</param>
    /// <param name="progress">Counts rows.</param>
    /// <param name="cancellation">Ends the work.</param>
    public void Hits(ReadOnlyMemory<int> queries, SearchHit[][] hits, WorkProgress progress, CancellationToken cancellation)
    {
        using var product = new MatrixProduct();
        var labels = 1 + (int)_labels.ToArray().Max();
        var projected = ProjectedRows.Of(_table, queries, _index.Axes, _options.Threads, cancellation);
        var spare = new ConcurrentBag<PartitionScan>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(queries.Length, PartitionScan.QueryRows), parallel, () => spare.TryTake(out var left) ? left : new PartitionScan(_index, product, _probe, labels), (group, _, scan) =>
        {
            var first = group * PartitionScan.QueryRows;
            var count = Math.Min(PartitionScan.QueryRows, queries.Length - first);
            projected.AsSpan(first * _index.Axes.Count, count * _index.Axes.Count).CopyTo(scan.Queries);
            Run(scan, queries.Slice(first, count), hits, progress, cancellation);
            return scan;
        }, spare.Add);
    }

    /// <summary>Share of the true ten nearest rows that a sample of rows has among its hits.</summary>
    public double Recall(SearchHit[][] hits, CancellationToken cancellation)
    {
        var random = new Random(_options.Seed);
        var sample = Enumerable.Range(0, RecallRows).Select(_ => random.Next(_table.Count)).Distinct().Order().ToArray();
        var truth = new ExactGraph(_table, _labels, _options).Hits(sample, new WorkProgress(null, 0), cancellation);
        var (found, all) = (0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            var wanted = truth[i].Take(Math.Min(RecallHits, _options.Neighbours)).ToArray();
            found += wanted.Intersect(hits[sample[i]]).Count();
            all += wanted.Length;
        }

        return all == 0 ? 1 : found / (double)all;
    }

    private void Run(PartitionScan scan, ReadOnlyMemory<int> queries, SearchHit[][] hits, WorkProgress progress, CancellationToken cancellation)
    {
        var labels = _labels.Span;
        var own = new byte[queries.Length];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = labels[queries.Span[i]];
        }

        scan.Run(own.Length, own, (query, row) => queries.Span[query] != row, cancellation);
        var (candidates, raw) = (new List<SearchHit>(), new float[_table.Dimension]);
        for (var i = 0; i < own.Length; i++)
        {
            if (i % VectorTable.PageRows == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var row = queries.Span[i];
            candidates.Clear();
            scan.CopyTo(i, candidates);
            _table.CopyRow(row, raw);
            Rerank.Exactly(_table, raw, _table.InverseNorm(row), candidates);
            hits[row] = NeighbourChoice.Of(candidates, labels, own[i], _options);
        }

        progress.Add(own.Length);
    }
}
