using System.Text;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>Finds the files that an ONNX model keeps its weights in. Only the names are read; weights are skipped.</summary>
internal static class ExternalData
{
    // Fields of onnx.proto3.
    private const int ModelGraph = 7;
    private const int GraphInitializer = 5;
    private const int TensorExternalData = 13;
    private const int EntryKey = 1;
    private const int EntryValue = 2;

    // A name of a file is not longer; what is, is no entry.
    private const int LongestEntry = 4096;

    /// <summary>Full paths, sorted, without those that do not exist: the session says which is missing.</summary>
    public static IReadOnlyList<string> Find(string model)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        using var stream = new BufferedStream(ModelFiles.OpenRead(model), 1 << 16);
        foreach (var graph in Fields(stream, stream.Length, ModelGraph))
        {
            foreach (var tensor in Fields(stream, graph, GraphInitializer))
            {
                foreach (var entry in Fields(stream, tensor, TensorExternalData))
                {
                    if (Location(stream, entry) is { } name)
                    {
                        names.Add(name);
                    }
                }
            }
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(model))!;
        return [.. names.Select(name => Path.Combine(folder, name)).Where(File.Exists)];
    }

    // Ends of the messages with a number; between two results the reader moves within the message or leaves it be.
    private static IEnumerable<long> Fields(Stream stream, long end, int field)
    {
        while (stream.Position < end && Varint(stream) is { } tag)
        {
            var length = (tag & 7) switch
            {
                0 => Varint(stream) is null ? -1 : 0,
                1 => 8,
                2 => Varint(stream) ?? -1,
                5 => 4,
                _ => -1,
            };
            var next = stream.Position + length;
            if (length < 0 || next > end)
            {
                yield break;
            }

            if ((tag & 7) == 2 && tag >> 3 == field)
            {
                yield return next;
            }

            stream.Position = next;
        }
    }

    private static string? Location(Stream stream, long end)
    {
        var length = end - stream.Position;
        if (length > LongestEntry)
        {
            return null;
        }

        var entry = new byte[length];
        stream.ReadExactly(entry);
        using var inner = new MemoryStream(entry);
        string? Text(int field)
        {
            inner.Position = 0;
            foreach (var stop in Fields(inner, inner.Length, field))
            {
                return Encoding.UTF8.GetString(entry, (int)inner.Position, (int)(stop - inner.Position));
            }

            return null;
        }

        return Text(EntryKey) == "location" ? Text(EntryValue) : null;
    }

    private static long? Varint(Stream stream)
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                return null;
            }

            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        return null;
    }
}
