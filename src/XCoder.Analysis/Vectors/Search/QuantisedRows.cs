using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Rows of a table in bytes, each with a scale of its own, in an order of their own: a quarter of single precision's
/// memory, cosines within about 0.002. Rows that lie together stand together, so that comparing neighbours stays in the
/// cache. They choose candidates; their cosines are never reported. Sums are of integers: the same on every processor.
/// </summary>
internal sealed class QuantisedRows
{
    private const int Largest = 127;
    private const int PageRows = 4096;
    private const int CacheLine = 64;

    private readonly sbyte[][] _pages;
    private readonly float[] _scales;
    private readonly int _stride;

    private QuantisedRows(int rows, int stride)
    {
        (_stride, _scales) = (stride, new float[rows]);
        _pages = [.. Enumerable.Range(0, ExactSearch.Blocks(rows, PageRows))
            .Select(page => new sbyte[Math.Min(PageRows, rows - (page * PageRows)) * stride])];
    }

    /// <summary>Length of a row that <see cref="Widen"/> fills.</summary>
    public int Stride => _stride;

    /// <summary>Quantises rows of a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="order">Which of them; zeros for those without direction.</param>
    /// <param name="threads">Threads to work with.</param>
    /// <param name="progress">Counts rows.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static QuantisedRows Of(VectorTable table, ReadOnlyMemory<int> order, int threads, WorkProgress progress,
        CancellationToken cancellation)
    {
        var rows = new QuantisedRows(order.Length, ExactSearch.Blocks(table.Dimension, Vector256<sbyte>.Count) * Vector256<sbyte>.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, rows._pages.Length, parallel, () => new float[table.Dimension], (page, _, unit) =>
        {
            var first = page * PageRows;
            var count = Math.Min(PageRows, order.Length - first);
            for (var i = 0; i < count; i++)
            {
                table.CopyUnit(order.Span[first + i], unit);
                rows._scales[first + i] = Quantise(unit, rows._pages[page].AsSpan(i * rows._stride));
            }

            progress.Add(count);
            return unit;
        }, static _ => { });
        return rows;
    }

    /// <summary>Makes a row the other side of <see cref="Cosine"/>.</summary>
    /// <param name="row">Its place in the order.</param>
    /// <param name="wide">Receives <see cref="Stride"/> numbers.</param>
    /// <returns>The row's scale.</returns>
    public float Widen(int row, Span<short> wide)
    {
        var values = Row(row);
        for (var i = 0; i < values.Length; i++)
        {
            wide[i] = values[i];
        }

        return _scales[row];
    }

    /// <summary>Asks the processor for a row that is soon to be compared.</summary>
    public unsafe void Prefetch(int row)
    {
        if (Sse.IsSupported)
        {
            fixed (sbyte* values = Row(row))
            {
                for (var i = 0; i < _stride; i += CacheLine)
                {
                    Sse.Prefetch0(values + i);
                }
            }
        }
    }

    /// <summary>About the cosine of a widened row and another.</summary>
    public float Cosine(ReadOnlySpan<short> wide, float scale, int row) => Dot(wide, Row(row)) * (scale * _scales[row]);

    private ReadOnlySpan<sbyte> Row(int row) => _pages[row / PageRows].AsSpan(row % PageRows * _stride, _stride);

    private static float Quantise(ReadOnlySpan<float> unit, Span<sbyte> target)
    {
        var largest = 0f;
        foreach (var value in unit)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        if (largest == 0)
        {
            return 0;
        }

        var factor = Largest / largest;
        for (var i = 0; i < unit.Length; i++)
        {
            target[i] = (sbyte)MathF.Round(unit[i] * factor);
        }

        return 1 / factor;
    }

    private static int Dot(ReadOnlySpan<short> wide, ReadOnlySpan<sbyte> row)
    {
        ref var left = ref MemoryMarshal.GetReference(wide[..row.Length]);
        ref var right = ref MemoryMarshal.GetReference(row);
        var (even, odd) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var step = (nuint)Vector256<short>.Count;
        for (nuint i = 0; i < (nuint)row.Length; i += 2 * step)
        {
            even += Products(Vector256.LoadUnsafe(ref left, i), Vector128.LoadUnsafe(ref right, i));
            odd += Products(Vector256.LoadUnsafe(ref left, i + step), Vector128.LoadUnsafe(ref right, i + step));
        }

        return Vector256.Sum(even + odd);
    }

    // Sums of pairs of products, whichever.
    private static Vector256<int> Products(Vector256<short> left, Vector128<sbyte> right)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(left, Avx2.ConvertToVector256Int16(right));
        }

        var (low, high) = Vector128.Widen(right);
        return (Vector256.WidenLower(left) * Vector256.WidenLower(low.ToVector256()))
            + (Vector256.WidenUpper(left) * Vector256.WidenLower(high.ToVector256()));
    }
}
