using System.Runtime.InteropServices;

namespace XCoder.Analysis.Store;

/// <summary>Reads and writes arrays of unmanaged values in the format of memory (little-endian).</summary>
internal static class RawArrays
{
    private const int StepBytes = 1 << 22;

    public static void Write<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var step = StepBytes / System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        for (var at = 0; at < values.Length; at += step)
        {
            stream.Write(MemoryMarshal.AsBytes(values.Slice(at, Math.Min(step, values.Length - at))));
        }
    }

    /// <summary>Reads <paramref name="count"/> values. Allocates no more memory than the stream has bytes.</summary>
    /// <exception cref="InvalidDataException">The count is invalid, or the stream ends too early.</exception>
    public static T[] Read<T>(Stream stream, long count)
        where T : unmanaged
    {
        var size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        if (count < 0 || count > Array.MaxLength || (stream.CanSeek && count * size > stream.Length))
        {
            throw new InvalidDataException($"{count} values do not fit the file.");
        }

        var values = GC.AllocateUninitializedArray<T>((int)count);
        var step = StepBytes / size;
        for (var at = 0; at < values.Length; at += step)
        {
            var bytes = MemoryMarshal.AsBytes(values.AsSpan(at, Math.Min(step, values.Length - at)));
            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw new InvalidDataException("The file ends too early.");
            }
        }

        return values;
    }

    public static void WriteTexts(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (var text in texts)
        {
            writer.Write(text);
        }
    }

    public static string[] ReadTexts(BinaryReader reader)
    {
        var texts = new List<string>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            texts.Add(reader.ReadString());
        }

        return [.. texts];
    }
}
