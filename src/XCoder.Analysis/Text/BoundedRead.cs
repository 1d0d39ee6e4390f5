namespace XCoder.Analysis.Text;

/// <summary>Reads whole files that strangers may have made: a pipe or a device has no length and need not end.</summary>
internal static class BoundedRead
{
    /// <summary>Bytes that are read at most: 256 MiB.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>The rest of a stream.</summary>
    /// <param name="stream">The stream; not disposed.</param>
    /// <param name="does">What the stream does with its bytes, for the message: holds, unpacks to.</param>
    /// <exception cref="InvalidDataException">It has more than <see cref="MostBytes"/>.</exception>
    public static byte[] All(Stream stream, string does = "holds")
    {
        using var result = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            result.Write(buffer, 0, read);
            if (result.Length > MostBytes)
            {
                throw new InvalidDataException($"it {does} more than {MostBytes >> 20} MiB");
            }
        }

        return result.ToArray();
    }
}
