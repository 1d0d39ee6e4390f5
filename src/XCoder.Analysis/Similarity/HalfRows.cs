using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace XCoder.Analysis.Similarity;

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
        var moved = magnitude + Vector256.Create(112u << ExponentShift) + (isSpecial & Vector256.Create(112u << ExponentShift)) + (isSmall & Vector256.Create(1u << ExponentShift));
        var value = moved.AsSingle() - (isSmall & Vector256.Create(113u << ExponentShift)).AsSingle();
        return (value.AsUInt32() | ((bits & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }
}
