namespace XCoder.Analysis.Text;

/// <summary>Reads whole files from untrusted sources: a pipe or a device has no length and may never end.</summary>
internal static class BoundedRead
{
    /// <summary>Maximum size in bytes: 256 MiB.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>Reads the rest of a stream.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="does">Verb for the error message: <c>holds</c> or <c>unpacks to</c>.</param>
    /// <exception cref="InvalidDataException">The stream has more than <see cref="MostBytes"/>.</exception>
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
