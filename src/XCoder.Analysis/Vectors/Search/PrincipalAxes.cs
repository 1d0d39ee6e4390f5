namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// The directions in which a table's rows vary most (principal components about the origin, because cosines are about
/// the origin), found by subspace iteration on a sample (Golub and Van Loan, "Matrix Computations", 8.2.4). Cosines of
/// projected rows choose candidates; they are never reported.
/// </summary>
internal sealed class PrincipalAxes
{
    private const int SampleShare = 16;
    private const int Rounds = 16;

    private readonly float[] _axes;
    private readonly int _dimension;

    private PrincipalAxes(float[] axes, int dimension) => (_axes, _dimension) = (axes, dimension);

    /// <summary>Number of axes: numbers of a projected row.</summary>
    public int Count => _axes.Length / _dimension;

    /// <summary>Learns axes from a sample of rows.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="count">Number of axes; as many as the table has numbers a row, or more, leave rows as they are.</param>
    /// <param name="seed">Of the sample and of the first guess.</param>
    /// <param name="cancellation">Ends the learning.</param>
    public static PrincipalAxes Learn(VectorTable table, int count, int seed, CancellationToken cancellation)
    {
        var dimension = table.Dimension;
        var random = new Random(seed);
        if (count >= dimension)
        {
            var identity = new float[dimension * dimension];
            for (var i = 0; i < dimension; i++)
            {
                identity[i * (dimension + 1)] = 1;
            }

            return new PrincipalAxes(identity, dimension);
        }

        using var product = new MatrixProduct();
        var moments = Moments(table, product, random, cancellation);
        var axes = new float[count * dimension];
        foreach (ref var value in axes.AsSpan())
        {
            value = (float)(random.NextDouble() - 0.5);
        }

        Orthonormalise(axes, dimension);
        var next = new float[axes.Length];
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            product.Run(axes, count, moments, dimension, dimension, next);
            Orthonormalise(next, dimension);
            (axes, next) = (next, axes);
        }

        return new PrincipalAxes(axes, dimension);
    }

    /// <summary>Projects unit rows and brings them to length 1 again.</summary>
    /// <param name="product">Multiplies.</param>
    /// <param name="units">[count, dimension], with one row more where there is but one.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="target">Receives [count, <see cref="Count"/>], with room for two rows.</param>
    public void Project(MatrixProduct product, Memory<float> units, int count, Memory<float> target)
    {
        if (Count == _dimension)
        {
            units[..(count * _dimension)].CopyTo(target);
            return;
        }

        product.Run(units, Math.Max(count, MatrixProduct.LeastLeft), _axes, Count, _dimension, target);
        for (var row = 0; row < count; row++)
        {
            var values = target.Span.Slice(row * Count, Count);
            Scale(values, 1 / Math.Max(Length(values), 1e-20f));
        }
    }

    // [dimension, dimension]: the sums of products of a sample's coordinates.
    private static float[] Moments(VectorTable table, MatrixProduct product, Random random, CancellationToken cancellation)
    {
        var dimension = table.Dimension;
        var count = (int)Math.Min(table.Count, Math.Max(2048L, (long)SampleShare * dimension));
        var columns = new float[dimension * count];
        var unit = new float[dimension];
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();

            // One of each of so many equal stretches of the table.
            var (from, to) = ((int)((long)i * table.Count / count), (int)((i + 1L) * table.Count / count));
            table.CopyUnit(random.Next(from, to), unit);
            for (var j = 0; j < dimension; j++)
            {
                columns[(j * count) + i] = unit[j];
            }
        }

        var moments = new float[dimension * dimension];
        product.Run(columns, dimension, columns, dimension, count, moments);
        return moments;
    }

    // Gram and Schmidt, modified. A direction that is lost in the others becomes zeros.
    private static void Orthonormalise(float[] axes, int dimension)
    {
        for (var i = 0; i < axes.Length / dimension; i++)
        {
            var axis = axes.AsSpan(i * dimension, dimension);
            var before = Length(axis);
            for (var j = 0; j < i; j++)
            {
                var other = axes.AsSpan(j * dimension, dimension);
                var share = HalfRows.Dot(axis, other);
                for (var k = 0; k < dimension; k++)
                {
                    axis[k] -= share * other[k];
                }
            }

            var length = Length(axis);
            if (length > 1e-6f * before)
            {
                Scale(axis, 1 / length);
            }
            else
            {
                axis.Clear();
            }
        }
    }

    private static float Length(ReadOnlySpan<float> values) => MathF.Sqrt(HalfRows.Dot(values, values));

    private static void Scale(Span<float> values, float factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }
}

/// <summary>Rows of a table, projected, in one array.</summary>
internal static class ProjectedRows
{
    private const int BlockRows = 512;

    /// <summary>[rows + 1, axes], with a spare row; zeros for a row without direction.</summary>
    public static float[] Of(VectorTable table, ReadOnlyMemory<int> rows, PrincipalAxes axes, int threads, WorkProgress progress,
        CancellationToken cancellation)
    {
        var target = new float[checked((rows.Length + 1) * axes.Count)];
        using var product = new MatrixProduct();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, ExactSearch.Blocks(rows.Length, BlockRows), parallel,
            () => (Units: new float[BlockRows * table.Dimension], Projected: new float[BlockRows * axes.Count]), (block, _, buffers) =>
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
