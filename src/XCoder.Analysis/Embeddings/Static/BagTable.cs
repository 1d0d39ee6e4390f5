using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// The model's table, [rows, dimension] int8 with a scale a row, added up by rows. ONNX Runtime's Gather and ScatterND
/// do the same through four copies of every row.
/// </summary>
internal sealed class BagTable(sbyte[] table, float[] scales, int dimension)
{
    /// <summary>Adds weight · row for each row to <paramref name="sum"/>, which is <c>dimension</c> long.</summary>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<float> weights, Span<float> sum)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            AddRow(table.AsSpan(rows[i] * dimension, dimension), weights[i] * scales[rows[i]], sum[..dimension]);
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
