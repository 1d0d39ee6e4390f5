using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// Builds the graph of a table that is too large to compare all pairs. Candidates come from the nearest partitions, by
/// products of projected rows; then rounds compare neighbours' neighbours, by rows quantised to bytes; last, the
/// cosines are computed from the table. Meanwhile all rows are ordered by partition, so that neighbours lie near each
/// other in memory.
/// </summary>
internal sealed class PartitionedGraph
{
    /// <summary>How often each row counts as progress, not counting the rounds of refinement.</summary>
    public const int Passes = 8;

    private const int ScanPasses = 4;
    private const int RecallRows = 256;
    private const int RecallHits = 10;
    private const int KMeansRounds = 6;
    private const int SampleRows = 48;

    // Bounds on how far cosines of projected rows, and of rows in bytes, stray from the true ones.
    private const float ProjectedMargin = 0.15f;
    private const float QuantisedMargin = 0.01f;

    private readonly VectorTable _table;
    private readonly ReadOnlyMemory<byte> _tableLabels;
    private readonly NeighbourGraphOptions _options;
    private readonly NeighbourGraphOptions _working;
    private readonly LabelOrder _order;
    private readonly PartitionIndex _index;
    private readonly QuantisedRows _rows;
    private readonly byte[] _labels;
    private readonly int[] _places;

    public PartitionedGraph(VectorTable table, ReadOnlyMemory<byte> labels, LabelOrder order, NeighbourGraphOptions options,
        WorkProgress progress, CancellationToken cancellation)
    {
        (_table, _tableLabels, _order, _options) = (table, labels, order, options);
        _working = options with { Floor = options.Floor - QuantisedMargin };
        var partition = new PartitionOptions(options.Threads, options.Partitions, options.Axes, SampleRows, KMeansRounds, options.Seed);
        var axes = PrincipalAxes.Learn(table, options.Axes, options.Seed, cancellation);
        _index = PartitionIndex.Build(table, [.. Enumerable.Range(0, table.Count)], labels.Span, axes, partition, progress, cancellation);
        _rows = QuantisedRows.Of(table, _index.Numbers, options.Threads, progress, cancellation);
        _labels = [.. _index.Numbers.Select(row => _tableLabels.Span[row])];
        _places = new int[table.Count];
        Array.Fill(_places, -1);
        foreach (var (place, row) in _index.Numbers.Index())
        {
            _places[row] = place;
        }
    }

    /// <summary>Finds the hits of all rows, starting from those still valid. Call it once: it releases the projected rows.</summary>
    public SearchHit[][] Hits(GraphChange change, WorkProgress progress, CancellationToken cancellation)
    {
        var graph = Start(change);
        SearchHit[][] known = [.. graph.Hits];
        Scan([.. change.Afresh.Select(row => _places[row]).Where(place => place >= 0).Order()], graph, progress, cancellation);
        _index.ForgetRows();
        if (change.New.Length < _table.Count)
        {
            Offer(change, graph);
        }

        var refiner = new GraphRefiner(_rows, _labels, _order, _working);
        for (var round = 0; round < _options.Rounds; round++)
        {
            graph = refiner.Refine(graph, progress, cancellation);
        }

        return Finish(graph.Hits, known, change, progress, cancellation);
    }

    /// <summary>Share of the true ten nearest rows that are among the hits, in [0, 1], measured on a sample of 256 rows.</summary>
    public double Recall(SearchHit[][] hits, CancellationToken cancellation)
    {
        var random = new Random(_options.Seed);
        var sample = Enumerable.Range(0, RecallRows).Select(_ => random.Next(_table.Count)).Distinct().Order().ToArray();
        var truth = new ExactGraph(_table, _tableLabels, _order, _options).Hits(sample, [.. Enumerable.Range(0, _table.Count)],
            new WorkProgress(null, 0), cancellation);
        var (found, all) = (0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            var wanted = truth[i].Take(Math.Min(RecallHits, _options.Neighbours)).ToArray();
            found += wanted.Intersect(hits[sample[i]]).Count();
            all += wanted.Length;
        }

        return all == 0 ? 1 : found / (double)all;
    }

    // The known hits, by place in the partitions' order. All hits of rows to be searched in full are marked fresh.
    private FreshHits Start(GraphChange change)
    {
        var graph = new FreshHits(new SearchHit[_labels.Length][], new ulong[_labels.Length]);
        for (var place = 0; place < _labels.Length; place++)
        {
            graph.Hits[place] = [.. change.Kept[_index.Numbers[place]].Select(hit => hit with { Row = _places[hit.Row] })];
        }

        foreach (var row in change.Afresh)
        {
            if (_places[row] >= 0)
            {
                graph.Fresh[_places[row]] = ulong.MaxValue;
            }
        }

        return graph;
    }

    // Successive rows lie near each other, so a group of them searches the same partitions.
    private void Scan(int[] places, FreshHits graph, WorkProgress progress, CancellationToken cancellation)
    {
        using var product = new MatrixProduct();
        var probe = new PartitionProbe(_options.Probes, _options.LabelProbes, _working.Neighbours, _options.PerLabel,
            _options.Floor - ProjectedMargin);
        var labels = _labels.Length == 0 ? 1 : 1 + (int)_labels.Max();
        var spare = new ConcurrentBag<PartitionScan>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(places.Length, PartitionScan.QueryRows), parallel,
            () => spare.TryTake(out var left) ? left : new PartitionScan(_index, product, probe, _order, labels), (group, _, scan) =>
        {
            var first = group * PartitionScan.QueryRows;
            var queries = places.AsMemory(first, Math.Min(PartitionScan.QueryRows, places.Length - first));
            var own = new byte[queries.Length];
            for (var i = 0; i < own.Length; i++)
            {
                var place = queries.Span[i];
                own[i] = _labels[place];
                _index.Rows.AsSpan(place * _index.Axes.Count, _index.Axes.Count).CopyTo(scan.Queries.AsSpan(i * _index.Axes.Count));
            }

            scan.Run(own.Length, own, (query, row) => queries.Span[query] != row, cancellation);
            Take(scan, queries.Span, graph.Hits);
            progress.Add(ScanPasses * own.Length);
            return scan;
        }, spare.Add);
    }

    private void Take(PartitionScan scan, ReadOnlySpan<int> places, SearchHit[][] hits)
    {
        var (candidates, wide) = (new List<SearchHit>(), new short[_rows.Stride]);
        for (var i = 0; i < places.Length; i++)
        {
            candidates.Clear();
            scan.CopyTo(i, candidates);
            var scale = _rows.Widen(places[i], wide);
            foreach (ref var candidate in CollectionsMarshal.AsSpan(candidates))
            {
                candidate = candidate with { Cosine = _rows.Cosine(wide, scale, candidate.Row) };
            }

            hits[places[i]] = NeighbourChoice.Of(candidates, _labels, _order, _labels[places[i]], _working);
        }
    }

    // A new row may be a hit of the rows that it found; the rounds then carry it further.
    private void Offer(GraphChange change, FreshHits graph)
    {
        var offers = new Dictionary<int, List<SearchHit>>();
        foreach (var place in change.New.Select(row => _places[row]).Where(place => place >= 0))
        {
            foreach (var hit in graph.Hits[place])
            {
                if (graph.Fresh[hit.Row] == 0)
                {
                    (CollectionsMarshal.GetValueRefOrAddDefault(offers, hit.Row, out _) ??= []).Add(hit with { Row = place });
                }
            }
        }

        foreach (var (place, offered) in offers)
        {
            var before = graph.Hits[place];
            offered.AddRange(before);
            graph.Hits[place] = NeighbourChoice.Of(offered, _labels, _order, _labels[place], _working);
            graph.Mark(place, before);
        }
    }

    // Translates back to the table's rows and cosines. A row whose hits did not change keeps its earlier result.
    private SearchHit[][] Finish(SearchHit[][] hits, SearchHit[][] known, GraphChange change, WorkProgress progress,
        CancellationToken cancellation)
    {
        SearchHit[][] finished = [.. change.Kept];
        var isAfresh = new bool[_table.Count];
        foreach (var row in change.Afresh)
        {
            isAfresh[row] = true;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(hits.Length, VectorTable.PageRows), parallel,
            () => (Candidates: new List<SearchHit>(), Raw: new float[_table.Dimension]), (block, _, buffers) =>
        {
            var end = Math.Min(hits.Length, (block + 1) * VectorTable.PageRows);
            for (var place = block * VectorTable.PageRows; place < end; place++)
            {
                var row = _index.Numbers[place];
                if (isAfresh[row] || hits[place] != known[place])
                {
                    buffers.Candidates.Clear();
                    buffers.Candidates.AddRange(hits[place].Select(hit => hit with { Row = _index.Numbers[hit.Row] }));
                    _table.CopyRow(row, buffers.Raw);
                    Rerank.Exactly(_table, buffers.Raw, _table.InverseNorm(row), buffers.Candidates);
                    finished[row] = NeighbourChoice.Of(buffers.Candidates, _tableLabels.Span, _order, _labels[place], _options);
                }
            }

            progress.Add(end - (block * VectorTable.PageRows));
            return buffers;
        }, static _ => { });
        return finished;
    }
}
