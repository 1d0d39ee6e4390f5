namespace XCoder.Analysis.Vectors.Search;

/// <summary>Rows of a table, projected, in one array.</summary>
internal static class ProjectedRows
{
    private const int BlockRows = 512;

    /// <summary>[rows + 1, axes], with a spare row; zeros for a row without direction.</summary>
    public static float[] Of(VectorTable table, ReadOnlyMemory<int> rows, PrincipalAxes axes, int threads, WorkProgress progress, CancellationToken cancellation)
    {
        var target = new float[checked((rows.Length + 1) * axes.Count)];
        using var product = new MatrixProduct();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(rows.Length, BlockRows), parallel, () => (Units: new float[BlockRows * table.Dimension], Projected: new float[BlockRows * axes.Count]), (block, _, buffers) =>
        {
            var first = block * BlockRows;
            var count = Math.Min(BlockRows, rows.Length - first);
            for (var i = 0; i < count; i++)
            {
                table.CopyUnit(rows.Span[first + i], buffers.Units.AsSpan(i * table.Dimension, table.Dimension));
            }

            axes.Project(product, buffers.Units, count, buffers.Projected);
            buffers.Projected.AsSpan(0, count * axes.Count).CopyTo(target.AsSpan(first * axes.Count));
            progress.Add(count);
            return buffers;
        }, _ => { });
        return target;
    }
}
