using System.Text.Json;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

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
