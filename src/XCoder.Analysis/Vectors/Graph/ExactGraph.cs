using System.Collections.Concurrent;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// Compares rows with all rows, block by block. A product is only as exact as the order of its sums, so whatever comes
/// near a row's worst hit is computed again in an order of its own: the graph is the same bits however it is cut.
/// </summary>
internal sealed class ExactGraph(VectorTable table, ReadOnlyMemory<byte> labels, LabelOrder labelOrder, NeighbourGraphOptions options)
{
    /// <summary>The hits of all rows: those afresh are compared with all, the others with what is new.</summary>
    /// <param name="change">What is known.</param>
    /// <param name="progress">Counts comparisons.</param>
    /// <param name="cancellation">Ends the work.</param>
    public SearchHit[][] Hits(GraphChange change, WorkProgress progress, CancellationToken cancellation)
    {
        var hits = new SearchHit[table.Count][];
        var found = Hits(change.Afresh, [.. Enumerable.Range(0, table.Count)], progress, cancellation);
        foreach (var (i, row) in change.Afresh.Index())
        {
            hits[row] = found[i];
        }

        int[] others = [.. Enumerable.Range(0, table.Count).Where(row => hits[row] is null)];
        found = Hits(others, change.New, progress, cancellation);
        var candidates = new List<SearchHit>();
        foreach (var (i, row) in others.Index())
        {
            candidates.Clear();
            candidates.AddRange(change.Kept[row]);
            candidates.AddRange(found[i]);
            hits[row] = NeighbourChoice.Of(candidates, labels.Span, labelOrder, labels.Span[row], options);
        }

        return hits;
    }

    /// <summary>The hits of some rows among some.</summary>
    /// <param name="queries">Rows of the table.</param>
    /// <param name="among">Rows of the table.</param>
    /// <param name="progress">Counts comparisons.</param>
    /// <param name="cancellation">Ends the work.</param>
    public SearchHit[][] Hits(int[] queries, int[] among, WorkProgress progress, CancellationToken cancellation)
    {
        var (hits, order) = (new SearchHit[queries.Length][], ByLabel(labels.Span, among));
        using var product = new MatrixProduct();
        var spare = new ConcurrentBag<ExactGraphWorker>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(queries.Length, ExactGraphWorker.QueryRows), parallel,
            () => spare.TryTake(out var left) ? left : new ExactGraphWorker(table, labels, order, labelOrder, options, product),
            (unit, _, worker) =>
        {
            var first = unit * ExactGraphWorker.QueryRows;
            worker.Run(queries.AsSpan(first, Math.Min(ExactGraphWorker.QueryRows, queries.Length - first)), hits.AsSpan(first), progress,
                cancellation);
            return worker;
        }, spare.Add);
        return hits;
    }

    private static int[] ByLabel(ReadOnlySpan<byte> labels, int[] rows)
    {
        var order = new int[rows.Length];
        var next = new int[LabelOrder.MaxLabels + 1];
        foreach (var row in rows)
        {
            next[labels[row] + 1]++;
        }

        for (var label = 0; label < LabelOrder.MaxLabels; label++)
        {
            next[label + 1] += next[label];
        }

        foreach (var row in rows)
        {
            order[next[labels[row]]++] = row;
        }

        return order;
    }
}

/// <summary>One thread's part of <see cref="ExactGraph"/>: a group of rows against others.</summary>
internal sealed class ExactGraphWorker
{
    /// <summary>Rows of a group; they share the widening of what they are compared with.</summary>
    public const int QueryRows = 512;

    // More than a product's rounding, in any order of its sums.
    private const float Rounding = 2e-5f;

    private readonly VectorTable _table;
    private readonly ReadOnlyMemory<byte> _labels;
    private readonly int[] _order;
    private readonly LabelOrder _labelOrder;
    private readonly NeighbourGraphOptions _options;
    private readonly BlockScan _scan;
    private readonly NeighbourTops _tops;
    private readonly float[] _units;
    private readonly float[] _raw;
    private readonly float[] _rows;
    private readonly float[] _scales = new float[BlockScan.Rows];
    private readonly List<SearchHit> _candidates = [];
    private readonly int[] _queries = new int[QueryRows];
    private readonly BlockScan.Found _found;
    private int _first;
    private int _label;

    /// <param name="table">The rows.</param>
    /// <param name="labels">Label of each row.</param>
    /// <param name="order">Rows compared with, those of a label together.</param>
    /// <param name="labelOrder">Which labels are commoner than others.</param>
    /// <param name="options">What is kept.</param>
    /// <param name="product">Multiplies.</param>
    public ExactGraphWorker(VectorTable table, ReadOnlyMemory<byte> labels, int[] order, LabelOrder labelOrder,
        NeighbourGraphOptions options, MatrixProduct product)
    {
        (_table, _labels, _order, _labelOrder, _options) = (table, labels, order, labelOrder, options);
        _scan = new BlockScan(product, table.Dimension, QueryRows);
        _tops = new NeighbourTops(QueryRows, labelOrder, LabelOrder.MaxLabels, options.Neighbours, options.PerLabel, options.Floor);
        (_units, _raw, _rows) =
            (new float[QueryRows * table.Dimension], new float[QueryRows * table.Dimension], new float[BlockScan.Rows * table.Dimension]);
        _found = Found;
    }

    /// <summary>Finds the hits of up to <see cref="QueryRows"/> rows.</summary>
    public void Run(ReadOnlySpan<int> queries, Span<SearchHit[]> hits, WorkProgress progress, CancellationToken cancellation)
    {
        var labels = _labels.Span;
        Load(queries, labels);
        for (_first = 0; _first < _order.Length;)
        {
            cancellation.ThrowIfCancellationRequested();
            _label = labels[_order[_first]];
            var count = 0;
            for (; count < BlockScan.Rows && _first + count < _order.Length && labels[_order[_first + count]] == _label; count++)
            {
                var row = _order[_first + count];
                _table.CopyRow(row, _rows.AsSpan(count * _table.Dimension, _table.Dimension));
                _scales[count] = _table.InverseNorm(row);
            }

            for (var query = 0; query < queries.Length; query++)
            {
                _scan.Lowest[query] = Lowest(query);
            }

            _scan.Run(_rows, count, _scales, _units, queries.Length, _found);
            progress.Add((long)count * queries.Length);
            _first += count;
        }

        for (var query = 0; query < queries.Length; query++)
        {
            _candidates.Clear();
            _tops.CopyTo(query, _candidates);
            hits[query] = NeighbourChoice.Of(_candidates, labels, _labelOrder, labels[queries[query]], _options);
        }
    }

    private void Load(ReadOnlySpan<int> queries, ReadOnlySpan<byte> labels)
    {
        _tops.Clear();
        queries.CopyTo(_queries);
        for (var query = 0; query < queries.Length; query++)
        {
            _table.CopyRow(queries[query], _raw.AsSpan(query * _table.Dimension, _table.Dimension));
            _table.CopyUnit(queries[query], _units.AsSpan(query * _table.Dimension, _table.Dimension));
            _tops.SetOwn(query, labels[queries[query]]);
        }
    }

    // A row that is found may be one that ties with the worst kept, hence the margin.
    private float Lowest(int query) =>
        float.IsNaN(_table.InverseNorm(_queries[query])) ? float.PositiveInfinity : _tops.Lowest(query, _label) - Rounding;

    private float Found(int query, int block, float cosine)
    {
        var row = _order[_first + block];
        if (row != _queries[query])
        {
            var exact = _table.Cosine(_raw.AsSpan(query * _table.Dimension, _table.Dimension), _table.InverseNorm(_queries[query]), row);
            _tops.Offer(query, _label, new SearchHit(row, exact));
        }

        return Lowest(query);
    }
}
