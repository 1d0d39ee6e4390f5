using System.Globalization;
using System.Security.Cryptography;
using XCoder.Analysis.Repositories;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>
/// Reads files of a model, which come from strangers: a pipe or device in the place of one would be waited for without end, and
/// a file of gigabytes that should hold settings would fill the memory. Links are followed: downloaded models consist of them.
/// </summary>
internal static class ModelFiles
{
    // Settings, tokenizers and vocabularies; the largest known tokenizer has some 35 MB.
    private const long MostBytes = 256L << 20;

    /// <summary>The whole of a file that holds settings, terms or a tokenizer.</summary>
    /// <exception cref="IOException">It is no file or too long; the message names it.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        using var stream = OpenRead(path);
        if (stream.Length > MostBytes)
        {
            throw new IOException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{path} holds {stream.Length} bytes, more than the {MostBytes} that such a file may have. Get it again."));
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Its lines, as UTF-8.</summary>
    /// <exception cref="IOException">It is no file or too long; the message names it.</exception>
    public static IReadOnlyList<string> ReadAllLines(string path)
    {
        using var reader = new StreamReader(new MemoryStream(ReadAllBytes(path)));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Opens a file, unbuffered.</summary>
    /// <exception cref="IOException">It is no file; the message names it.</exception>
    public static FileStream OpenRead(string path)
    {
        if (!IsFile(path))
        {
            throw new IOException($"{path} is a folder, a pipe or a device, where a model has a file. Get the model again.");
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
    }

    /// <summary>False for a folder, a pipe or a device; true also where there is nothing.</summary>
    public static bool IsFile(string path) =>
        NativeFiles.RealPath(path) is not { } real || NativeFiles.OwnershipOf(real).Kind is EntryKind.File;
}

/// <summary>Hashes of the files that determine a model's vectors.</summary>
internal static class FileHash
{
    /// <summary>Appends a file's length and content, so that no two lists of files share a hash.</summary>
    public static void AppendFile(this IncrementalHash hash, string path)
    {
        using var stream = ModelFiles.OpenRead(path);
        hash.AppendData(BitConverter.GetBytes(stream.Length));
        var buffer = new byte[1 << 18];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer.AsSpan(0, count));
        }
    }
}
