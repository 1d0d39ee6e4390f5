using System.Globalization;
using System.Text;
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

/// <summary>
/// JSON's relaxed escaping, which leaves code readable, plus invisible format characters: the relaxed encoder lets
/// bidi marks through, and a name that holds one reorders the terminal line it is printed on.
/// </summary>
internal sealed class TerminalSafeEncoder : JavaScriptEncoder
{
    private static readonly JavaScriptEncoder Relaxed = UnsafeRelaxedJsonEscaping;

    internal static TerminalSafeEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => Relaxed.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => IsInvisible(unicodeScalar) || Relaxed.WillEncode(unicodeScalar);

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var first = Relaxed.FindFirstCharacterToEncode(text, textLength);
        var end = first < 0 ? textLength : first;
        for (var i = 0; i < end; i++)
        {
            if (text[i] > '~' && IsInvisible(text[i]))
            {
                return i;
            }
        }

        return first;
    }

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (!IsInvisible(unicodeScalar) || unicodeScalar > char.MaxValue)
        {
            return Relaxed.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
        }

        return new Span<char>(buffer, bufferLength)
            .TryWrite(CultureInfo.InvariantCulture, $"\\u{unicodeScalar:X4}", out numberOfCharactersWritten);
    }

    private static bool IsInvisible(int scalar) =>
        scalar > '~' && Rune.IsValid(scalar) && Rune.GetUnicodeCategory(new Rune(scalar)) == UnicodeCategory.Format;
}
