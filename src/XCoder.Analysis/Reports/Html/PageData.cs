using System.Text;
using System.Text.Json;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>JSON that stands in the page for its script.</summary>
internal static class PageData
{
    /// <summary>One object, safe inside a <c>script</c> element.</summary>
    public static string Render(Action<Utf8JsonWriter> write)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonLines.Options(indented: false)))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        // In JSON "<" stands only within strings; without it neither "</script" nor "<!--" can end the element.
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length).Replace("<", "\\u003C", StringComparison.Ordinal);
    }

    /// <summary>The element that holds it.</summary>
    public static void WriteData(this Markup markup, string id, string json) =>
        markup.Raw($"<script type=\"application/json\" id=\"{id}\">").Raw(json).Raw("</script>\n");
}

/// <summary>Texts by number, because names and paths repeat; safe to show.</summary>
internal sealed class PageTexts
{
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _indexes = [];

    /// <summary>Number of a text.</summary>
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

    /// <summary>Writes all as an array.</summary>
    public void Write(Utf8JsonWriter json, string name) => Write(json, name, _texts);

    /// <summary>Writes texts that are safe already.</summary>
    public static void Write(Utf8JsonWriter json, string name, List<string> texts)
    {
        json.WriteStartArray(name);
        texts.ForEach(json.WriteStringValue);
        json.WriteEndArray();
    }
}

/// <summary>Code as it comes onto the page: safe to show, without the indentation it shares, cut where it is long.</summary>
internal static class PageCode
{
    private const int MaxSnippetCharacters = 20_000;

    // The first line lost its indentation where the snippet starts; the others lose what they share.
    public static string Shorten(string code, int maxLines, int maxCharacters = MaxSnippetCharacters)
    {
        var text = SafeText.ForLines(code.Length > maxCharacters ? code[..maxCharacters] : code);
        var lines = text.Split('\n');
        var indents = lines.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart(' ', '\t').Length);
        var shared = indents.DefaultIfEmpty(0).Min();
        var kept = lines.Take(maxLines).Select((line, i) => i == 0 ? line : line[Math.Min(shared, line.Length)..]);
        return string.Join('\n', kept);
    }
}
