using System.Runtime.InteropServices;

namespace XCoder.Analysis.Store;

/// <summary>Looks at vectors as they come from the store (float16, little-endian).</summary>
internal static class StoredVector
{
    private const ushort Exponent = 0x7C00;

    /// <summary>The vector's bytes.</summary>
    /// <param name="vector">The bytes.</param>
    /// <param name="id">Row id of the vector.</param>
    /// <param name="dimension">Values that vectors of its model have.</param>
    /// <exception cref="InvalidDataException">It has another length, or a value that is no number.</exception>
    public static byte[] Checked(byte[] vector, long id, long dimension)
    {
        if (vector.Length != dimension * sizeof(ushort))
        {
            throw new InvalidDataException($"vector {id} has {vector.Length} bytes in place of {dimension * sizeof(ushort)}");
        }

        foreach (var value in MemoryMarshal.Cast<byte, ushort>(vector))
        {
            if ((value & Exponent) == Exponent)
            {
                throw new InvalidDataException($"vector {id} holds a value that is no number");
            }
        }

        return vector;
    }
}
