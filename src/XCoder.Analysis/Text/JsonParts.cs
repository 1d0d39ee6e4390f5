using System.Numerics;
using System.Text.Json;

namespace XCoder.Analysis.Text;

/// <summary>Writes a list of texts, or counts by name, as one JSON property.</summary>
internal static class JsonParts
{
    /// <summary>Writes an array of texts as a property.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes an object of counts as a property.</summary>
    public static void WriteCounts<T>(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, T>> counts)
        where T : INumber<T>
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            json.WriteNumber(key, long.CreateChecked(count));
        }

        json.WriteEndObject();
    }
}
