using System.Collections.Concurrent;

namespace XCoder.Analysis.Similarity;

/// <summary>What one thread searches with: a block of unit queries, a block of rows, their products.</summary>
internal sealed class SearchBuffers(int dimension)
{
    /// <summary>Queries a block: the rows' packing is shared by that many, and a block stays in the second-level cache.</summary>
    public const int QueryRows = 256;

    /// <summary>Rows a block.</summary>
    public const int BlockRows = VectorTable.PageRows;

    private readonly float[] _queries = new float[QueryRows * dimension];
    private readonly float[] _products = new float[QueryRows * BlockRows];
    private readonly bool[] _hasDirection = new bool[QueryRows];
    private int _count;

    /// <summary>For the caller to put rows into; grows to [BlockRows, dimension] when first used.</summary>
    public float[] Rows => field ??= new float[BlockRows * dimension];

    /// <summary>Buffers that another thread left, or new ones.</summary>
    public static SearchBuffers Take(ConcurrentBag<SearchBuffers> spare, int dimension) =>
        spare.TryTake(out var buffers) ? buffers : new SearchBuffers(dimension);

    /// <summary>Takes up to <see cref="QueryRows"/> queries; from <paramref name="first"/> on, those of <paramref name="numbers"/> or, where that is empty, all.</summary>
    public void Load(VectorTable queries, int first, int count, ReadOnlySpan<int> numbers)
    {
        _count = count;
        for (var i = 0; i < count; i++)
        {
            _hasDirection[i] = queries.CopyUnit(first + (numbers.IsEmpty ? i : numbers[i]), _queries.AsSpan(i * dimension, dimension));
        }

        for (var i = count; i < MatrixProduct.LeastLeft; i++)
        {
            _queries.AsSpan(i * dimension, dimension).Clear();
        }
    }

    /// <summary>Multiplies the queries with rows; <paramref name="rows"/> may be <see cref="Rows"/>.</summary>
    /// <returns>Numbers a query's products are apart.</returns>
    public int Multiply(MatrixProduct product, Memory<float> rows, int count)
    {
        var width = Math.Max(count, MatrixProduct.LeastRight);
        if (rows.Length < width * dimension)
        {
            rows.Span.CopyTo(Rows);
            Rows.AsSpan(rows.Length, (width * dimension) - rows.Length).Clear();
            rows = Rows.AsMemory(0, width * dimension);
        }

        product.Run(_queries, Math.Max(_count, MatrixProduct.LeastLeft), rows, width, dimension, _products);
        return width;
    }

    /// <summary>The products of a query of the block; empty where it has no direction.</summary>
    public ReadOnlySpan<float> Products(int query, int width, int count) =>
        _hasDirection[query] ? _products.AsSpan(query * width, count) : [];
}
