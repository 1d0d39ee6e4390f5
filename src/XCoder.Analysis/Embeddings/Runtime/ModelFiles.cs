using System.Globalization;
using System.Security.Cryptography;
using XCoder.Analysis.Repositories;

namespace XCoder.Analysis.Embeddings.Runtime;

/// <summary>
/// Reads the files of a model, which may come from an untrusted source. A pipe or device in place of a file would block
/// forever, and gigabytes in place of settings would exhaust memory, so both are refused. Links are followed, because
/// downloaded models consist of them.
/// </summary>
internal static class ModelFiles
{
    // Limit for settings, tokenizers and vocabularies; the largest known tokenizer has some 35 MB.
    private const long MostBytes = 256L << 20;

    /// <summary>Reads a whole file of settings, terms or a tokenizer.</summary>
    /// <exception cref="IOException">The path is not a regular file, or the file is longer than 256 MiB; the message names it.</exception>
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

    /// <summary>Reads the lines of a UTF-8 file.</summary>
    /// <exception cref="IOException">The path is not a regular file, or the file is longer than 256 MiB; the message names it.</exception>
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

    /// <summary>Opens a file for reading, without a buffer.</summary>
    /// <exception cref="IOException">The path is not a regular file; the message names it.</exception>
    public static FileStream OpenRead(string path)
    {
        if (!IsFile(path))
        {
            throw new IOException($"{path} is a folder, a pipe or a device, but must be a file. Download the model again.");
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
    }

    /// <summary>False for a folder, a pipe or a device; true for a file, and if nothing exists.</summary>
    public static bool IsFile(string path) =>
        NativeFiles.RealPath(path) is not { } real || NativeFiles.OwnershipOf(real).Kind is EntryKind.File;
}

/// <summary>Hashes the files that determine a model's vectors.</summary>
internal static class FileHash
{
    /// <summary>
    /// Appends a file's length and content. The length ensures that two different lists of files do not have the same
    /// hash.
    /// </summary>
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
