using System.Buffers.Binary;
using System.Text;

namespace XCoder.Compiler;

/// <summary>A request to the compiler. On the wire: the length in bytes (int32, little-endian), then that many bytes.</summary>
/// <param name="Text">The source text.</param>
/// <param name="File">The file name that messages show.</param>
/// <param name="Main">Name of the type whose <c>Main</c> is the entry point; null compiles a library or a program of top-level
/// statements.</param>
/// <param name="IsChecked">Whether arithmetic that overflows throws at run time.</param>
/// <param name="IsRead">Whether to parse the program as the extractor does instead of compiling it; the reply says whether that
/// works.</param>
internal sealed record CompileRequest(string Text, string File, string? Main, bool IsChecked, bool IsRead = false)
{
    public byte[] ToBytes() => Frame.Of(writer =>
    {
        writer.Write(Text);
        writer.Write(File);
        writer.Write(Main is not null);
        writer.Write(Main ?? "");
        writer.Write(IsChecked);
        writer.Write(IsRead);
    });

    public static CompileRequest Read(BinaryReader reader)
    {
        var (text, file, hasMain, main) = (reader.ReadString(), reader.ReadString(), reader.ReadBoolean(), reader.ReadString());
        return new CompileRequest(text, file, hasMain ? main : null, reader.ReadBoolean(), reader.ReadBoolean());
    }
}

/// <summary>The compiler's reply, in the same form on the wire.</summary>
/// <param name="Assembly">The compiled program, or null.</param>
/// <param name="Messages">The first error messages; empty if the program compiles.</param>
/// <param name="Failure">Why the compiler gave no answer, as the end of a sentence whose subject is the compiler; otherwise null.</param>
internal sealed record CompileReply(byte[]? Assembly, string Messages, string? Failure = null)
{
    /// <summary>Exit code of the process if it ran out of memory; there is no reply then.</summary>
    public const int OutOfMemory = 3;

    public byte[] ToBytes() => Frame.Of(writer =>
    {
        writer.Write(Assembly is not null);
        writer.Write(Assembly?.Length ?? 0);
        writer.Write(Assembly ?? []);
        writer.Write(Messages);
        writer.Write(Failure ?? "");
    });

    public static CompileReply Read(BinaryReader reader)
    {
        var hasAssembly = reader.ReadBoolean();
        var assembly = reader.ReadBytes(reader.ReadInt32());
        var (messages, failure) = (reader.ReadString(), reader.ReadString());
        return new CompileReply(hasAssembly ? assembly : null, messages, failure.Length > 0 ? failure : null);
    }
}

/// <summary>Reads and writes messages with their length before them.</summary>
internal static class Frame
{
    /// <summary>Largest length of a message in bytes.</summary>
    public const int Longest = 128 << 20;

    // Text may hold unpaired surrogates; they are replaced, not rejected.
    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    public static byte[] Of(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Utf8);
        writer.Write(0);
        write(writer);
        writer.Flush();
        var bytes = stream.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - sizeof(int));
        return bytes;
    }

    /// <summary>Reads the next message. Returns null at the end of the stream, even in the middle of a message.</summary>
    /// <exception cref="InvalidDataException">The message's length is negative or exceeds <see cref="Longest"/>.</exception>
    public static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken cancellation = default)
    {
        var head = new byte[sizeof(int)];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        if (read < head.Length)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 0 or > Longest)
        {
            throw new InvalidDataException($"A message of {length} bytes came from the compiler, more than {Longest}.");
        }

        var bytes = new byte[length];
        return await stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, cancellation) == length ? bytes : null;
    }

    public static BinaryReader Reader(byte[] message) => new(new MemoryStream(message), Utf8);
}
