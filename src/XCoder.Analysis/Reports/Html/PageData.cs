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
