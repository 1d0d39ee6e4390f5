using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Store;

/// <summary>
/// Files of a workspace that are read only when they are whole: the name of the format and the key of what they were made from
/// (both as <see cref="BinaryWriter"/> writes texts), the content, then the SHA-256 of all before it. The hash tells that a file is
/// whole, not who wrote it.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="format">Name and version of the format.</param>
internal sealed class SealedFile(string path, string format)
{
    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="key">Key of what the content is made from.</param>
    /// <param name="write">
    /// Writes the content, given the offset at which it begins; must flush the writer before it uses the underlying stream.
    /// </param>
    public void Write(string key, Action<BinaryWriter, long> write) => AsideFile.Replace(path, file =>
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var head = new MemoryStream())
        using (var writer = new BinaryWriter(head, Encoding.UTF8))
        using (var content = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(format);
            writer.Write(key);
            writer.Flush();
            content.Write(head.ToArray());
            write(content, head.Length);
        }

        file.Write(hash.Hash);
    });

    /// <summary>Whether the file says that it has this key; it may be damaged all the same.</summary>
    public bool Has(string key) => Try(() =>
    {
        using var reader = Open();
        return reader?.ReadString() == key;
    });

    /// <summary>
    /// What is read from the file; default where it is not there, of another format or key, damaged, or where reading throws what
    /// damaged content lets it throw.
    /// </summary>
    /// <param name="key">The key that the file must have; null: any.</param>
    /// <param name="read">Reads the content. The stream goes on behind it, with the hash.</param>
    public T? Read<T>(string? key, Func<BinaryReader, T?> read) => Try(() =>
    {
        using var reader = Open();
        return reader is not null && reader.ReadString() is var found && (key is null || found == key) && IsWhole(reader.BaseStream)
            ? read(reader) : default;
    });

    /// <summary>Where the content ends and the hash begins.</summary>
    public static long EndOf(Stream stream) => stream.Length - SHA256.HashSizeInBytes;

    private static T? Try<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException
            or FormatException or ArgumentException or OverflowException or CryptographicException)
        {
            return default;
        }
    }

    private BinaryReader? Open()
    {
        if (WorkspaceFile.OpenRead(path) is not { } stream)
        {
            return null;
        }

        var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            if (reader.ReadString() == format)
            {
                return reader;
            }
        }
        catch
        {
            reader.Dispose();
            throw;
        }

        reader.Dispose();
        return null;
    }

    private static bool IsWhole(Stream stream)
    {
        var (at, left) = (stream.Position, EndOf(stream));
        stream.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        while (left > 0)
        {
            var count = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (count == 0)
            {
                return false;
            }

            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        var end = new byte[SHA256.HashSizeInBytes];
        var isWhole = left == 0 && stream.ReadAtLeast(end, end.Length, throwOnEndOfStream: false) == end.Length
            && hash.GetHashAndReset().AsSpan().SequenceEqual(end);
        stream.Position = at;
        return isWhole;
    }
}
