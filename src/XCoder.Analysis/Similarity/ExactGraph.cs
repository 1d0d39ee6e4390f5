using System.Collections.Concurrent;

namespace XCoder.Analysis.Similarity;

/// <summary>
/// Compares rows with all rows, block by block. A product is only as exact as the order of its sums, so whatever comes
/// near a row's worst hit is computed again in an order of its own: the graph is the same bits however it is cut.
/// </summary>
internal sealed class ExactGraph(VectorTable table, ReadOnlyMemory<byte> labels, NeighbourGraphOptions options)
{
    private readonly int[] _order = ByLabel(labels.Span);

    /// <summary>The hits of some rows among all.</summary>
    /// <param name="queries">Rows of the table.</param>
    /// <param name="progress">Counts comparisons.</param>
    /// <param name="cancellation">Ends the work.</param>
    public SearchHit[][] Hits(int[] queries, WorkProgress progress, CancellationToken cancellation)
    {
        var hits = new SearchHit[queries.Length][];
        using var product = new MatrixProduct();
        var spare = new ConcurrentBag<ExactGraphWorker>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(queries.Length, ExactGraphWorker.QueryRows), parallel, () => spare.TryTake(out var left) ? left : new ExactGraphWorker(table, labels, _order, options, product), (unit, _, worker) =>
        {
            var first = unit * ExactGraphWorker.QueryRows;
            worker.Run(queries.AsSpan(first, Math.Min(ExactGraphWorker.QueryRows, queries.Length - first)), hits.AsSpan(first), progress, cancellation);
            return worker;
        }, spare.Add);
        return hits;
    }

    private static int[] ByLabel(ReadOnlySpan<byte> labels)
    {
        var (order, keys) = (new int[labels.Length], labels.ToArray());
        var next = new int[NeighbourGraphs.MaxLabels + 1];
        foreach (var label in keys)
        {
            next[label + 1]++;
        }

        for (var label = 0; label < NeighbourGraphs.MaxLabels; label++)
        {
            next[label + 1] += next[label];
        }

        for (var row = 0; row < keys.Length; row++)
        {
            order[next[keys[row]]++] = row;
        }

        return order;
    }
}
