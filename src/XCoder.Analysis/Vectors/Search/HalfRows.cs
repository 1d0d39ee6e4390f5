using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>Half-precision numbers to single precision and back.</summary>
internal static class HalfRows
{
    private const int ExponentShift = 23;

    // Giesen, "half_to_float_fast4": the exponent is moved; subnormals are normalised by one exact subtraction, so that
    // no arithmetic meets a subnormal float, which costs a hundred cycles.
    public static void Widen(ReadOnlySpan<Half> halves, Span<float> singles)
    {
        var bits = MemoryMarshal.Cast<Half, ushort>(halves);
        ref var source = ref MemoryMarshal.GetReference(bits);
        ref var target = ref MemoryMarshal.GetReference(singles[..halves.Length]);
        var i = 0;
        for (; i <= bits.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref source, (nuint)i));
            Widen(lower).StoreUnsafe(ref target, (nuint)i);
            Widen(upper).StoreUnsafe(ref target, (nuint)(i + Vector256<uint>.Count));
        }

        for (; i < bits.Length; i++)
        {
            singles[i] = (float)halves[i];
        }
    }

    /// <summary>Scalar product, in an order of its own that no length of vector registers changes.</summary>
    public static float Dot(ReadOnlySpan<Half> halves, ReadOnlySpan<float> singles)
    {
        ref var left = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<Half, ushort>(halves));
        ref var right = ref MemoryMarshal.GetReference(singles[..halves.Length]);
        var (even, odd) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var i = 0;
        for (; i <= halves.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref left, (nuint)i));
            even += Widen(lower) * Vector256.LoadUnsafe(ref right, (nuint)i);
            odd += Widen(upper) * Vector256.LoadUnsafe(ref right, (nuint)(i + Vector256<uint>.Count));
        }

        var sum = Vector256.Sum(even + odd);
        for (; i < halves.Length; i++)
        {
            sum += (float)halves[i] * singles[i];
        }

        return sum;
    }

    /// <summary>Scalar product, equal to that of the same numbers in half precision.</summary>
    public static float Dot(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        ref var left = ref MemoryMarshal.GetReference(first);
        ref var right = ref MemoryMarshal.GetReference(second[..first.Length]);
        var (even, odd) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var i = 0;
        for (; i <= first.Length - (2 * Vector256<float>.Count); i += 2 * Vector256<float>.Count)
        {
            even += Vector256.LoadUnsafe(ref left, (nuint)i) * Vector256.LoadUnsafe(ref right, (nuint)i);
            odd += Vector256.LoadUnsafe(ref left, (nuint)(i + Vector256<float>.Count))
                * Vector256.LoadUnsafe(ref right, (nuint)(i + Vector256<float>.Count));
        }

        var sum = Vector256.Sum(even + odd);
        for (; i < first.Length; i++)
        {
            sum += first[i] * second[i];
        }

        return sum;
    }

    public static void Narrow(ReadOnlySpan<float> singles, Span<Half> halves)
    {
        for (var i = 0; i < singles.Length; i++)
        {
            halves[i] = (Half)singles[i];
        }
    }

    private static Vector256<float> Widen(Vector256<uint> bits)
    {
        var magnitude = (bits & Vector256.Create(0x7FFFu)) << 13;
        var exponent = magnitude & Vector256.Create(0x7C00u << 13);
        var isSmall = Vector256.Equals(exponent, Vector256<uint>.Zero);
        var isSpecial = Vector256.Equals(exponent, Vector256.Create(0x7C00u << 13));
        var moved = magnitude + Vector256.Create(112u << ExponentShift) + (isSpecial & Vector256.Create(112u << ExponentShift))
            + (isSmall & Vector256.Create(1u << ExponentShift));
        var value = moved.AsSingle() - (isSmall & Vector256.Create(113u << ExponentShift)).AsSingle();
        return (value.AsUInt32() | ((bits & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }
}
