using System.Text.Encodings.Web;
using System.Text.Json;

namespace XCoder.Analysis.Text;

/// <summary>
/// Writes JSON as all commands do: UTF-8, names and code readable, and whatever could steer a terminal (controls,
/// bidi marks, line separators) escaped.
/// </summary>
public static class JsonLines
{
    private const int FlushBytes = 1 << 16;

    /// <summary>One object a line, for <c>--format jsonl</c>.</summary>
    public static void Write<T>(Stream stream, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, Options(indented: false));
        foreach (var item in items)
        {
            write(json, item);
            json.Flush();
            json.Reset();
            buffer.WriteByte((byte)'\n');
            if (buffer.Length >= FlushBytes)
            {
                Drain(buffer, stream);
            }
        }

        Drain(buffer, stream);
    }

    /// <summary>One array, for <c>--format json</c>.</summary>
    public static void WriteArray<T>(Stream stream, IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => WriteDocument(stream, json =>
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
            if (json.BytesPending >= FlushBytes)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    });

    /// <summary>One indented document that ends with a line feed.</summary>
    public static void WriteDocument(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(stream, Options(indented: true)))
        {
            write(json);
        }

        stream.WriteByte((byte)'\n');
    }

    internal static JsonWriterOptions Options(bool indented) =>
        new() { Encoder = TerminalSafeEncoder.Instance, Indented = indented, NewLine = "\n" };

    private static void Drain(MemoryStream buffer, Stream stream)
    {
        buffer.WriteTo(stream);
        buffer.SetLength(0);
    }
}
