using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace XCoder.Analysis.Text;

/// <summary>
/// Hashes of short byte ranges after wyhash (Wang Yi, "Modern non-cryptographic hash function and pseudorandom
/// number generator", 2019): folded 64×64→128 multiplications. Equal on every machine; not for adversaries.
/// Among n distinct inputs any two collide with probability about n² / 2⁶⁵: 3 · 10⁻⁴ for 10⁸ distinct tokens, and
/// even then only snippets that are equal everywhere else would be confused.
/// </summary>
internal static class SpanHash
{
    private const ulong Key0 = 0xA0761D6478BD642F;
    private const ulong Key1 = 0xE7037ED1A0B428DB;

    /// <summary>The product's high half folded onto its low half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong a, ulong b) => Math.BigMul(a, b, out var low) ^ low;

    /// <summary>A permutation of 64-bit values that spreads every bit (the finaliser of MurmurHash3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Spread(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }

    /// <summary>64-bit hash of <paramref name="bytes"/>.</summary>
    public static ulong Hash64(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        var seed = Key0;
        ulong a, b;
        if (length > 16)
        {
            var rest = bytes;
            for (; rest.Length > 16; rest = rest[16..])
            {
                seed = Mix(Read8(rest) ^ Key1, Read8(rest[8..]) ^ seed);
            }

            (a, b) = (Read8(bytes[(length - 16)..]), Read8(bytes[(length - 8)..]));
        }
        else if (length >= 8)
        {
            (a, b) = (Read8(bytes), Read8(bytes[(length - 8)..]));
        }
        else if (length >= 4)
        {
            (a, b) = (Read4(bytes), Read4(bytes[(length - 4)..]));
        }
        else if (length > 0)
        {
            (a, b) = (((ulong)bytes[0] << 16) | ((ulong)bytes[length >> 1] << 8) | bytes[length - 1], 0);
        }
        else
        {
            (a, b) = (0, 0);
        }

        return Mix(Key1 ^ (ulong)length, Mix(a ^ Key1, b ^ seed));
    }

    private static ulong Read8(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static ulong Read4(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
