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
        Parallel.For(0, ExactSearch.Blocks(queries.Length, ExactGraphWorker.QueryRows), parallel, () => spare.TryTake(out var left) ? left : new ExactGraphWorker(table, labels, order, labelOrder, options, product), (unit, _, worker) =>
        {
            var first = unit * ExactGraphWorker.QueryRows;
            worker.Run(queries.AsSpan(first, Math.Min(ExactGraphWorker.QueryRows, queries.Length - first)), hits.AsSpan(first), progress, cancellation);
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
