using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Writes JSON into the page for its script.</summary>
internal static class PageData
{
    /// <summary>Returns one JSON object, safe inside a <c>script</c> element.</summary>
    public static string Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonLines.Options(indented: false)))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        // In JSON, "<" occurs only within strings. Without it neither "</script" nor "<!--" can end the element.
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length).Replace("<", "\\u003C", StringComparison.Ordinal);
    }

    /// <summary>Writes a <c>script</c> element that contains the JSON.</summary>
    public static void WriteData(this Markup markup, string id, string json) =>
        markup.Raw($"<script type=\"application/json\" id=\"{id}\">").Raw(json).Raw("</script>\n");
}

/// <summary>Stores each text once and refers to it by index, because names and paths repeat. The texts are made safe to show.</summary>
internal sealed class PageTexts
{
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _indexes = [];

    /// <summary>Returns the index of a text, and adds the text if it is new.</summary>
    public int this[string text]
    {
        get
        {
            if (!_indexes.TryGetValue(text, out var index))
            {
                index = _indexes[text] = _texts.Count;
                _texts.Add(SafeText.ForTerminal(text));
            }

            return index;
        }
    }

    /// <summary>Writes all texts as an array.</summary>
    public void Write(Utf8JsonWriter json, string name) => Write(json, name, _texts);

    /// <summary>Writes an array of texts that are already safe to show.</summary>
    public static void Write(Utf8JsonWriter json, string name, List<string> texts)
    {
        json.WriteStartArray(name);
        texts.ForEach(json.WriteStringValue);
        json.WriteEndArray();
    }
}

/// <summary>
/// Code for the page, in compressed blocks of which the script opens those that a reader asks for: <c>{starts, blocks}</c>, where a
/// block is base64 of gzip of a JSON list of texts, and <c>starts</c> has the number of its first text. Equal texts are stored once.
/// </summary>
/// <param name="maxBytes">Nothing is added once the blocks hold this many characters; the last block can exceed it.</param>
internal sealed class PackedCode(int maxBytes)
{
    private const int BlockCharacters = 100_000;

    private readonly Dictionary<UInt128, int> _indexes = [];
    private readonly List<(int Start, string Text)> _blocks = [];
    private readonly List<string> _open = [];
    private long _bytes;
    private int _characters;

    /// <summary>Whether no more is added.</summary>
    public bool IsFull => _bytes >= maxBytes;

    /// <summary>Adds a text that is safe to show.</summary>
    /// <returns>Its number, or -1 if the blocks are full and it is not among them.</returns>
    public int Add(string text)
    {
        var key = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        if (_indexes.TryGetValue(key, out var index))
        {
            return index;
        }

        if (IsFull)
        {
            return -1;
        }

        index = _indexes[key] = _indexes.Count;
        _open.Add(text);
        _characters += text.Length;
        if (_characters >= BlockCharacters)
        {
            Close();
        }

        return index;
    }

    /// <summary>Writes the blocks as an object.</summary>
    public void Write(Utf8JsonWriter json, string name)
    {
        Close();
        json.WriteStartObject(name);
        json.WriteStartArray("starts");
        _blocks.ForEach(block => json.WriteNumberValue(block.Start));
        json.WriteEndArray();
        PageTexts.Write(json, "blocks", [.. _blocks.Select(block => block.Text)]);
        json.WriteEndObject();
    }

    private void Close()
    {
        if (_open.Count == 0)
        {
            return;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var json = new Utf8JsonWriter(gzip, JsonLines.Options(indented: false)))
        {
            json.WriteStartArray();
            _open.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        var text = Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
        _blocks.Add((_indexes.Count - _open.Count, text));
        _bytes += text.Length;
        _characters = 0;
        _open.Clear();
    }
}

/// <summary>Prepares code for the page: makes it safe to show, removes the common indentation, and cuts long code.</summary>
internal static class PageCode
{
    private const int MaxSnippetCharacters = 20_000;

    // The first line begins where the snippet starts, so it has no indentation; the others lose what they have in
    // common.
    public static string Shorten(string code, int maxLines, int maxCharacters = MaxSnippetCharacters)
    {
        // The last line, which mostly has the least, counts even where it is cut.
        var shared = code.Split('\n').Skip(1).Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => line.Length - line.TrimStart(' ', '\t').Length).DefaultIfEmpty(0).Min();
        var lines = SafeText.ForLines(code.Length > maxCharacters ? code[..maxCharacters] : code).Split('\n');
        var kept = lines.Take(maxLines).Select((line, i) => i == 0 ? line : line[Math.Min(shared, line.Length)..]);
        return string.Join('\n', kept);
    }
}
