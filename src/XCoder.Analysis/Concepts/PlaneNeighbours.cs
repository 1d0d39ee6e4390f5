using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Search;
using XCoder.Analysis.Vectors.Umap;

namespace XCoder.Analysis.Concepts;

/// <summary>Neighbours for a layout where there is no graph yet: of rows projected to a few principal axes, all pairs compared.</summary>
internal static class UmapNeighbours
{
    private const int Axes = 128;

    /// <summary>The nearest rows of every row by nearly their cosines, in a quarter of the work at 512 numbers a row.</summary>
    /// <param name="table">The rows; some ten thousand.</param>
    /// <param name="options">Neighbours and threads.</param>
    /// <param name="progress">Told what share of the work is done.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static NeighbourGraph Of(VectorTable table, UmapOptions options, IProgress<(long Done, long All)>? progress = null, CancellationToken cancellation = default)
    {
        options.Validated();
        var axes = PrincipalAxes.Learn(table, Axes, options.Seed, cancellation);
        int[] rows = [.. Enumerable.Range(0, table.Count)];
        var projected = ProjectedRows.Of(table, rows, axes, options.Threads, new WorkProgress(null, rows.Length), cancellation);
        var settings = new NeighbourGraphOptions { Neighbours = options.Neighbours, PerLabel = 0, Floor = -1, ExactRows = int.MaxValue, Threads = options.Threads };
        return NeighbourGraphs.Build(VectorTable.Over(projected.AsMemory(0, rows.Length * axes.Count), axes.Count), new byte[rows.Length], settings, progress, cancellation);
    }
}
