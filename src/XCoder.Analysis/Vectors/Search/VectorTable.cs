using System.Runtime.InteropServices;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Vectors in memory, [<see cref="Count"/>, <see cref="Dimension"/>] by rows, in single or half precision. Pages of
/// 1,024 rows let the table grow without copying and beyond 2³¹ numbers. Rows need not be normalised. Several threads
/// may read the table at once while none adds to it.
/// </summary>
internal sealed class VectorTable
{
    internal const int PageRows = 1024;

    private readonly List<ReadOnlyMemory<float>> _singles = [];
    private readonly List<Half[]> _halves = [];
    private readonly List<float[]> _inverseNorms = [];
    private readonly bool _isView;

    /// <summary>Creates an empty table.</summary>
    /// <param name="dimension">Numbers per row, 1 or more.</param>
    /// <param name="isHalf">Whether to store rows in half precision, which halves the memory and keeps cosines within 1e-3.</param>
    public VectorTable(int dimension, bool isHalf = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        (Dimension, IsHalf) = (dimension, isHalf);
    }

    private VectorTable(ReadOnlyMemory<float> rows, int dimension)
        : this(dimension)
    {
        for (var start = 0; start < rows.Length; start += PageRows * dimension)
        {
            var page = rows[start..Math.Min(rows.Length, start + (PageRows * dimension))];
            _singles.Add(page);
            _inverseNorms.Add(new float[PageRows]);
            for (var row = 0; row < page.Length / dimension; row++)
            {
                _inverseNorms[^1][row] = InverseNorm(page.Span.Slice(row * dimension, dimension));
            }
        }

        (Count, _isView) = (rows.Length / dimension, true);
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Numbers per row.</summary>
    public int Dimension { get; }

    /// <summary>Whether rows are stored in half precision.</summary>
    public bool IsHalf { get; }

    /// <summary>Creates a read-only table over existing memory. The rows are not copied and must not change.</summary>
    /// <param name="rows">[rows, dimension].</param>
    /// <param name="dimension">Numbers per row, 1 or more.</param>
    /// <exception cref="ArgumentException">The length is not a multiple of the dimension.</exception>
    public static VectorTable Over(ReadOnlyMemory<float> rows, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        return rows.Length % dimension == 0
            ? new VectorTable(rows, dimension)
            : throw new ArgumentException($"{rows.Length} numbers are not rows of {dimension}.", nameof(rows));
    }

    /// <summary>Adds a row in single precision.</summary>
    /// <exception cref="ArgumentException">The row's length is not <see cref="Dimension"/>.</exception>
    public void Add(ReadOnlySpan<float> row)
    {
        var at = Grow(row.Length);
        if (IsHalf)
        {
            HalfRows.Narrow(row, HalfRow(at));
        }
        else
        {
            row.CopyTo(SingleRow(at));
        }

        Close(at);
    }

    /// <summary>Adds a row in half precision.</summary>
    /// <exception cref="ArgumentException">The row's length is not <see cref="Dimension"/>.</exception>
    public void Add(ReadOnlySpan<Half> row)
    {
        var at = Grow(row.Length);
        if (IsHalf)
        {
            row.CopyTo(HalfRow(at));
        }
        else
        {
            HalfRows.Widen(row, SingleRow(at));
        }

        Close(at);
    }

    /// <summary>Copies a row.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    /// <param name="target">Receives <see cref="Dimension"/> numbers.</param>
    public void CopyRow(int row, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        var (page, start) = (row / PageRows, row % PageRows * Dimension);
        if (IsHalf)
        {
            HalfRows.Widen(_halves[page].AsSpan(start, Dimension), target);
        }
        else
        {
            _singles[page].Span.Slice(start, Dimension).CopyTo(target);
        }
    }

    /// <summary>Creates a table of some rows of this one, in the given order.</summary>
    internal VectorTable Select(ReadOnlySpan<int> rows, bool isHalf)
    {
        var (selected, buffer) = (new VectorTable(Dimension, isHalf), new float[Dimension]);
        foreach (var row in rows)
        {
            CopyRow(row, buffer);
            selected.Add(buffer);
        }

        return selected;
    }

    /// <summary>Copies a row normalised to length 1. Writes zeros and returns false if it has no direction.</summary>
    internal bool CopyUnit(int row, Span<float> target)
    {
        var scale = InverseNorm(row);
        if (float.IsNaN(scale))
        {
            target[..Dimension].Clear();
            return false;
        }

        CopyRow(row, target);
        foreach (ref var value in target[..Dimension])
        {
            value *= scale;
        }

        return true;
    }

    /// <summary>
    /// Cosine of a row of this or another table with a row of this one. It has the same bits for both orders of the
    /// rows and whatever else is compared, which a matrix product does not guarantee. NaN if either row has no
    /// direction.
    /// </summary>
    /// <param name="other">Numbers of the other row, not normalised.</param>
    /// <param name="inverseNorm">1 / length of the other row.</param>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    internal float Cosine(ReadOnlySpan<float> other, float inverseNorm, int row)
    {
        var (page, start) = (row / PageRows, row % PageRows * Dimension);
        var product = IsHalf ? HalfRows.Dot(_halves[page].AsSpan(start, Dimension), other)
            : HalfRows.Dot(_singles[page].Span.Slice(start, Dimension), other);
        return Math.Min(product * (inverseNorm * InverseNorm(row)), 1);
    }

    /// <summary>1 / length of a row; NaN if it has no direction (all zeros, or a value that is not finite).</summary>
    internal float InverseNorm(int row) => _inverseNorms[row / PageRows][row % PageRows];

    /// <summary>The inverse lengths of a page's rows.</summary>
    internal ReadOnlySpan<float> InverseNorms(int page) => _inverseNorms[page];

    /// <summary>
    /// Returns the first rows of a page. Half-precision rows are widened into <paramref name="buffer"/>; others are not
    /// copied.
    /// </summary>
    internal Memory<float> Rows(int page, int rows, float[] buffer)
    {
        var length = rows * Dimension;
        if (!IsHalf)
        {
            return MemoryMarshal.AsMemory(_singles[page][..length]);
        }

        HalfRows.Widen(_halves[page].AsSpan(0, length), buffer);
        return buffer.AsMemory(0, length);
    }

    private int Grow(int length)
    {
        if (length != Dimension || _isView)
        {
            throw _isView ? new InvalidOperationException("The table is a view of memory that it does not own; nothing can be added.")
                : new ArgumentException($"A row has {Dimension} numbers, not {length}.");
        }

        if (Count % PageRows == 0)
        {
            _inverseNorms.Add(new float[PageRows]);
            if (IsHalf)
            {
                _halves.Add(new Half[PageRows * Dimension]);
            }
            else
            {
                _singles.Add(new float[PageRows * Dimension]);
            }
        }

        return Count % PageRows;
    }

    private Span<Half> HalfRow(int at) => _halves[^1].AsSpan(at * Dimension, Dimension);

    private Span<float> SingleRow(int at) => MemoryMarshal.AsMemory(_singles[^1]).Span.Slice(at * Dimension, Dimension);

    // Computes the length of the row as stored, after any rounding to half precision.
    private void Close(int at)
    {
        Span<float> kept = !IsHalf ? SingleRow(at) : Dimension <= 1024 ? stackalloc float[Dimension] : new float[Dimension];
        if (IsHalf)
        {
            HalfRows.Widen(HalfRow(at), kept);
        }

        _inverseNorms[^1][at] = InverseNorm(kept);
        Count++;
    }

    private static float InverseNorm(ReadOnlySpan<float> row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += (double)value * value;
        }

        return sum > 0 && double.IsFinite(sum) ? (float)(1 / Math.Sqrt(sum)) : float.NaN;
    }
}
