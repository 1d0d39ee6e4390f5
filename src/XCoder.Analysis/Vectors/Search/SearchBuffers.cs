using System.Collections.Concurrent;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>What one thread searches with: a group of unit queries, rows, and the products of a block of both.</summary>
internal sealed class SearchBuffers(int dimension)
{
    /// <summary>Queries a group: they share the widening or gathering of rows.</summary>
    public const int QueryRows = 1024;

    /// <summary>Queries of one product: with the rows and the products, they fit the caches.</summary>
    public const int ProductQueries = 256;

    /// <summary>Rows of one product.</summary>
    public const int ProductRows = 512;

    private readonly float[] _queries = new float[QueryRows * dimension];
    private readonly bool[] _hasDirection = new bool[QueryRows];
    private readonly float[] _products = new float[ProductQueries * ProductRows];
    private int _count;

    /// <summary>For the caller to put a page of rows into; allocated when first used.</summary>
    public float[] Rows => field ??= new float[VectorTable.PageRows * dimension];

    private float[] Padded => field ??= new float[MatrixProduct.LeastRight * dimension];

    /// <summary>Buffers that another thread left, or new ones.</summary>
    public static SearchBuffers Take(ConcurrentBag<SearchBuffers> spare, int dimension) =>
        spare.TryTake(out var buffers) ? buffers : new SearchBuffers(dimension);

    /// <summary>Takes up to <see cref="QueryRows"/> queries from <paramref name="first"/> on, those of <paramref name="numbers"/> or, where that is empty, all.</summary>
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

    /// <summary>Multiplies the queries with rows and offers the products.</summary>
    /// <param name="product">Multiplies.</param>
    /// <param name="rows">[count, dimension]; may be <see cref="Rows"/>.</param>
    /// <param name="inverseNorms">One a row, or more.</param>
    /// <param name="first">Number of the first row, where <paramref name="rowNumbers"/> is empty.</param>
    /// <param name="rowNumbers">Numbers of the rows; empty for successive ones.</param>
    /// <param name="best">Receives the products.</param>
    /// <param name="query">What <paramref name="best"/> calls the first query, or what it adds to <paramref name="queryNumbers"/>.</param>
    /// <param name="queryNumbers">Numbers of the queries; empty for successive ones.</param>
    public void Compare(MatrixProduct product, Memory<float> rows, ReadOnlySpan<float> inverseNorms, int first, ReadOnlySpan<int> rowNumbers, TopRows best, int query, ReadOnlySpan<int> queryNumbers)
    {
        var total = rows.Length / dimension;
        for (var row = 0; row < total; row += ProductRows)
        {
            var count = Math.Min(ProductRows, total - row);
            var (block, width) = Block(rows.Slice(row * dimension, count * dimension), count);
            for (var left = 0; left < _count; left += ProductQueries)
            {
                var asking = Math.Min(ProductQueries, _count - left);
                product.Run(_queries.AsMemory(left * dimension), Math.Max(asking, MatrixProduct.LeastLeft), block, width, dimension, _products);
                for (var i = left; i < left + asking; i++)
                {
                    if (_hasDirection[i])
                    {
                        best.Offer(query + (queryNumbers.IsEmpty ? i : queryNumbers[i]), _products.AsSpan((i - left) * width, count), inverseNorms[row..], first + row, rowNumbers.IsEmpty ? [] : rowNumbers[row..]);
                    }
                }
            }
        }
    }

    private (Memory<float> Rows, int Count) Block(Memory<float> rows, int count)
    {
        if (count >= MatrixProduct.LeastRight)
        {
            return (rows, count);
        }

        rows.Span.CopyTo(Padded);
        Padded.AsSpan(rows.Length).Clear();
        return (Padded, MatrixProduct.LeastRight);
    }
}
