using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Multiplies a block of rows of one label with a group of queries and reports the products that reach each query's
/// lowest cosine. Rows are the left matrix because the library packs the right one, and there are fewer queries than
/// rows. Not thread-safe: each thread has its own.
/// </summary>
internal sealed class BlockScan(MatrixProduct product, int dimension, int queries)
{
    /// <summary>Rows multiplied at once.</summary>
    public const int Rows = 256;

    private readonly float[] _products = new float[Rows * Padded(queries)];
    private readonly float[] _lowest = new float[Padded(queries)];

    /// <summary>Receives a row of the block that reached a query's lowest cosine; returns the query's lowest cosine from then on.</summary>
    public delegate float Found(int query, int row, float cosine);

    /// <summary>Queries rounded up to whole vector registers, which is the width that buffers must have.</summary>
    public static int Padded(int queries) => (queries + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    /// <summary>The lowest cosine that each query wants reported; the caller sets it before <see cref="Run"/>.</summary>
    public Span<float> Lowest => _lowest;

    /// <summary>Multiplies all rows with all queries and reports each product that reaches its query's lowest cosine.</summary>
    /// <param name="rows">[count, dimension]; where the count is 1, a second row must follow in memory.</param>
    /// <param name="count">Number of rows; may exceed <see cref="Rows"/>.</param>
    /// <param name="scales">Factor of each row that turns its products into cosines; empty where they are cosines already.</param>
    /// <param name="columns">Queries [padded width, dimension].</param>
    /// <param name="width">Number of queries.</param>
    /// <param name="found">Receives query, row and cosine; returns the query's lowest from then on.</param>
    public void Run(Memory<float> rows, int count, ReadOnlySpan<float> scales, Memory<float> columns, int width, Found found)
    {
        var padded = Padded(width);
        _lowest.AsSpan(width, padded - width).Fill(float.PositiveInfinity);
        for (var first = 0; first < count; first += Rows)
        {
            var block = Math.Min(Rows, count - first);

            // The library needs at least two rows, so a last row that stands alone is multiplied together with the one
            // before it.
            var from = block < MatrixProduct.LeastLeft && first > 0 ? first - 1 : first;
            product.Run(rows[(from * dimension)..], Math.Max(MatrixProduct.LeastLeft, block), columns, padded, dimension, _products);
            for (var row = 0; row < block; row++)
            {
                Select(_products.AsSpan((first - from + row) * padded, padded), scales.IsEmpty ? 1 : scales[first + row], first + row,
                    found);
            }
        }
    }

    private void Select(ReadOnlySpan<float> products, float scale, int row, Found found)
    {
        ref var source = ref MemoryMarshal.GetReference(products);
        ref var bound = ref MemoryMarshal.GetReference(_lowest.AsSpan(0, products.Length));
        var factor = Vector256.Create(scale);
        for (var i = 0; i < products.Length; i += Vector256<float>.Count)
        {
            var cosines = Vector256.LoadUnsafe(ref source, (nuint)i) * factor;
            var mask = Vector256.GreaterThanOrEqual(cosines, Vector256.LoadUnsafe(ref bound, (nuint)i)).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1)
            {
                var query = i + BitOperations.TrailingZeroCount(mask);
                _lowest[query] = found(query, row, cosines[query - i]);
            }
        }
    }
}
