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

/// <summary>Prepares code for the page: makes it safe to show, removes the common indentation, and cuts long code.</summary>
internal static class PageCode
{
    private const int MaxSnippetCharacters = 20_000;

    // The first line begins where the snippet starts, so it has no indentation; the others lose what they have in
    // common.
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
