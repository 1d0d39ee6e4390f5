using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// Builds the <see cref="NeighbourGraph"/> of a table: every row is a query, so that rows that lie together share the
/// search. The result is the same for every number of threads.
/// </summary>
internal static class NeighbourGraphs
{
    /// <summary>Finds the nearest rows of every row.</summary>
    /// <param name="table">The rows; not to be changed meanwhile.</param>
    /// <param name="labels">Label of each row, below <see cref="LabelOrder.MaxLabels"/>; a language, for example.</param>
    /// <param name="options">Defaults where null.</param>
    /// <param name="progress">Told, by any thread, what share of the work is done; it never falls.</param>
    /// <param name="cancellation">Ends the work within about a second.</param>
    /// <exception cref="ArgumentException">There is not one label a row, or one is too large.</exception>
    public static NeighbourGraph Build(VectorTable table, ReadOnlyMemory<byte> labels, NeighbourGraphOptions? options = null,
        IProgress<(long Done, long All)>? progress = null, CancellationToken cancellation = default)
    {
        options = Check(table, labels, options);
        return Search(GraphChange.All(table.Count), table, labels, LabelOrder.Of(labels.Span), options, progress, cancellation);
    }

    /// <summary>
    /// The graph of a table that differs from another in some rows. Exactly what <see cref="Build"/> gives where the
    /// table is compared exactly; as near to the truth as that where it is not.
    /// </summary>
    /// <param name="old">The graph of the other table, built with the same options.</param>
    /// <param name="oldRowOf">Of each row of the table the row of the other table that has the same vector and label, or -1.</param>
    /// <param name="table">The rows; not to be changed meanwhile.</param>
    /// <param name="labels">Label of each row.</param>
    /// <param name="options">Defaults where null.</param>
    /// <param name="progress">Told, by any thread, what share of the work is done; it never falls.</param>
    /// <param name="cancellation">Ends the work within about a second.</param>
    /// <exception cref="ArgumentException">There is not one label and one old row a row, or one is out of range.</exception>
    public static NeighbourGraph Update(NeighbourGraph old, ReadOnlySpan<int> oldRowOf, VectorTable table, ReadOnlyMemory<byte> labels,
        NeighbourGraphOptions? options = null, IProgress<(long Done, long All)>? progress = null, CancellationToken cancellation = default)
    {
        options = Check(table, labels, options);
        if (oldRowOf.Length != table.Count)
        {
            throw new ArgumentException($"{oldRowOf.Length} old rows for {table.Count} rows.", nameof(oldRowOf));
        }

        foreach (var row in oldRowOf)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(row, -1, nameof(oldRowOf));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, old.Count, nameof(oldRowOf));
        }

        var order = LabelOrder.Of(labels.Span);

        // What was not exact cannot be made so by adding to it.
        var change = table.Count <= options.ExactRows && !old.IsExact ? GraphChange.All(table.Count)
            : GraphChange.Of(old, oldRowOf, labels.Span, order, options);
        return Search(change, table, labels, order, options, progress, cancellation);
    }

    private static NeighbourGraph Search(GraphChange change, VectorTable table, ReadOnlyMemory<byte> labels, LabelOrder order,
        NeighbourGraphOptions options, IProgress<(long Done, long All)>? progress, CancellationToken cancellation)
    {
        if (table.Count <= options.ExactRows)
        {
            var others = (long)(table.Count - change.Afresh.Length);
            var comparisons = new WorkProgress(progress, ((long)change.Afresh.Length * table.Count) + (others * change.New.Length));
            return new NeighbourGraph(new ExactGraph(table, labels, order, options).Hits(change, comparisons, cancellation), isExact: true,
                recall: 1, order);
        }

        var rows = new WorkProgress(progress, ((long)PartitionedGraph.Passes + options.Rounds) * table.Count);
        var graph = new PartitionedGraph(table, labels, order, options, rows, cancellation);
        var hits = graph.Hits(change, rows, cancellation);
        var recall = graph.Recall(hits, cancellation);
        rows.End();
        return new NeighbourGraph(hits, isExact: false, recall, order);
    }

    private static NeighbourGraphOptions Check(VectorTable table, ReadOnlyMemory<byte> labels, NeighbourGraphOptions? options)
    {
        if (labels.Length != table.Count)
        {
            throw new ArgumentException($"{labels.Length} labels for {table.Count} rows.", nameof(labels));
        }

        foreach (var label in labels.Span)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, LabelOrder.MaxLabels, nameof(labels));
        }

        return (options ?? new NeighbourGraphOptions()).Validated();
    }
}

/// <summary>How a <see cref="NeighbourGraph"/> is built.</summary>
internal sealed record NeighbourGraphOptions
{
    /// <summary>Nearest rows kept of each row, whatever their label. Default 16.</summary>
    public int Neighbours { get; init; } = 16;

    /// <summary>
    /// Nearest rows of each commoner label that are kept besides: of two labels the rows of the rarer look into the other (by number of
    /// rows, ties by number), so that a pair is found from one side. Default 2.
    /// </summary>
    public int PerLabel { get; init; } = 2;

    /// <summary>Lowest cosine kept, in [-1, 1]. Default 0.3.</summary>
    public float Floor { get; init; } = 0.3f;

    /// <summary>Threads to work with. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Tables up to this number of rows are compared pair by pair, exactly. Default 50,000.</summary>
    public int ExactRows { get; init; } = 50_000;

    /// <summary>Partitions of a larger table; 0, the default, means 4·√rows.</summary>
    public int Partitions { get; init; }

    /// <summary>
    /// Partitions that a row is compared with. Default 96: with 4·√rows partitions the work grows as rows to the power 1.5.
    /// </summary>
    public int Probes { get; init; } = 96;

    /// <summary>Partitions of each commoner label that a row is compared with at least. Default 2.</summary>
    public int LabelProbes { get; init; } = 2;

    /// <summary>Numbers that rows of a larger table are projected to in order to choose candidates. Default 128.</summary>
    public int Axes { get; init; } = 128;

    /// <summary>Rounds in which the neighbours of neighbours of a larger table are looked at. Default 3.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>Seed of samples and first centres. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal NeighbourGraphOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbours, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(PerLabel);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactRows);
        ArgumentOutOfRangeException.ThrowIfNegative(Partitions);
        ArgumentOutOfRangeException.ThrowIfLessThan(Probes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(LabelProbes);
        ArgumentOutOfRangeException.ThrowIfLessThan(Axes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Rounds);
        return Floor is >= -1 and <= 1 ? this : throw new ArgumentOutOfRangeException(nameof(Floor), Floor, "A cosine lies in [-1, 1].");
    }
}
