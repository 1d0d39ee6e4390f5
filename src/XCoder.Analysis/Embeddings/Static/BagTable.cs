using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// The model's table, [rows, dimension] in int8 with one scale per row, and its sums of rows. ONNX Runtime's Gather and
/// ScatterND compute the same, but copy every row four times.
/// </summary>
/// <param name="table">First value of the table.</param>
/// <param name="scales">Scale of each row.</param>
/// <param name="dimension">Values of a row.</param>
internal sealed unsafe class BagTable(sbyte* table, float[] scales, int dimension)
{
    /// <summary>Adds weight · row for each row to <paramref name="sum"/>, which is <c>dimension</c> long.</summary>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sum)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            // Checks the index: the table is no array.
            var scale = scales[rows[i]];
            AddRow(new ReadOnlySpan<sbyte>(table + ((long)rows[i] * dimension), dimension), weights[i] * scale, sum[..dimension]);
        }
    }

    private static void AddRow(ReadOnlySpan<sbyte> row, float factor, Span<float> sum)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(sum);
        var i = 0;
        if (Avx512F.IsSupported)
        {
            var factors = Vector512.Create(factor);
            for (; i <= row.Length - 16; i += 16)
            {
                var values = Avx512F.ConvertToVector512Single(Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref source, (nuint)i)));
                Avx512F.FusedMultiplyAdd(values, factors, Vector512.LoadUnsafe(ref target, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var factors = Vector256.Create(factor);
            for (; i <= row.Length - 8; i += 8)
            {
                var shorts = Vector128.WidenLower(Vector64.LoadUnsafe(ref source, (nuint)i).ToVector128());
                var values = Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts)));
                (Vector256.LoadUnsafe(ref target, (nuint)i) + (values * factors)).StoreUnsafe(ref target, (nuint)i);
            }
        }

        for (; i < row.Length; i++)
        {
            sum[i] += row[i] * factor;
        }
    }
}
