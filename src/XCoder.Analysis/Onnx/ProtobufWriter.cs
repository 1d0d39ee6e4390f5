using System.Text;

namespace XCoder.Analysis.Onnx;

/// <summary>Writes fields of protobuf messages.</summary>
internal static class ProtobufWriter
{
    /// <summary>Writes a number.</summary>
    public static void WriteNumber(this MemoryStream stream, int field, long value)
    {
        stream.WriteVarint((ulong)field << 3);
        stream.WriteVarint((ulong)value);
    }

    /// <summary>Writes a text in UTF-8.</summary>
    public static void WriteText(this MemoryStream stream, int field, string text) =>
        stream.WriteBytes(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a message within a message.</summary>
    public static void WriteMessage(this MemoryStream stream, int field, MemoryStream message) =>
        stream.WriteBytes(field, message.GetBuffer().AsSpan(0, (int)message.Length));

    /// <summary>Writes bytes.</summary>
    public static void WriteBytes(this MemoryStream stream, int field, ReadOnlySpan<byte> bytes)
    {
        stream.WriteVarint(((ulong)field << 3) | 2);
        stream.WriteVarint((ulong)bytes.Length);
        stream.Write(bytes);
    }

    /// <summary>Writes a number of 7 bits a byte, the lowest first.</summary>
    public static void WriteVarint(this MemoryStream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
