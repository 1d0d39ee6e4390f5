using System.Buffers.Binary;
using System.Text;

namespace XCoder.Compiler;

/// <summary>What the compiler is asked: a message of its bytes' length (int32, little-endian) and those bytes.</summary>
/// <param name="Text">The program.</param>
/// <param name="File">Name of its file in messages.</param>
/// <param name="Main">Name of the type whose <c>Main</c> begins it; null compiles a library, or a program of top-level statements.</param>
/// <param name="IsChecked">Whether arithmetic that overflows throws.</param>
/// <param name="IsRead">Whether the program is read as the extractor reads it, not compiled: the reply says whether that can be
/// done.</param>
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

/// <summary>What the compiler answers, in the same form.</summary>
/// <param name="Assembly">The compiled program; null where there is none.</param>
/// <param name="Messages">The first error messages; empty where it compiled.</param>
/// <param name="Failure">Why nothing can be said of the program, as the end of a sentence about the compiler; null where something
/// can.</param>
internal sealed record CompileReply(byte[]? Assembly, string Messages, string? Failure = null)
{
    /// <summary>Exit code of the process where its memory did not suffice; there is no reply then.</summary>
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

/// <summary>Messages with their length before them.</summary>
internal static class Frame
{
    /// <summary>Longest message in bytes.</summary>
    public const int Longest = 128 << 20;

    // Text may hold halves of surrogate pairs; they are replaced, not refused.
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

    /// <summary>The next message; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The message is longer than <see cref="Longest"/> or is cut short.</exception>
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
