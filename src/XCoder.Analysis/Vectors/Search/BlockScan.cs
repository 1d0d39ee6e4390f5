using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Multiplies rows of one label with queries and finds the products that reach each query's lowest. Rows stand to the
/// left: the library packs what stands to the right, and queries are the fewer. One thread's.
/// </summary>
internal sealed class BlockScan(MatrixProduct product, int dimension, int queries)
{
    /// <summary>Rows of one product.</summary>
    public const int Rows = 256;

    private readonly float[] _products = new float[Rows * Padded(queries)];
    private readonly float[] _lowest = new float[Padded(queries)];

    /// <summary>Takes what a row of the block is for a query.</summary>
    public delegate float Found(int query, int row, float cosine);

    /// <summary>What a query needs room for, so that whole vectors of products can be read.</summary>
    public static int Padded(int queries) => (queries + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    /// <summary>The lowest cosine that interests each query; to be set before <see cref="Run"/>.</summary>
    public Span<float> Lowest => _lowest;

    /// <summary>Multiplies, and reports each product that reaches its query's lowest.</summary>
    /// <param name="rows">[count, dimension], and one row more if there is but one.</param>
    /// <param name="count">Number of rows, any.</param>
    /// <param name="scales">What makes the products cosines, one a row; empty where they are already.</param>
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

            // A last row alone is multiplied with the one before it again.
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
