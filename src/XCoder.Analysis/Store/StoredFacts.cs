using System.Text;
using System.Text.Json;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>Resolved facts as JSON in the store.</summary>
internal static class StoredFacts
{
    public static string Write(ResolvedFacts facts)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("signature", facts.Signature);
            Array(writer, "calls", facts.Calls);
            Array(writer, "types", facts.Types);
            writer.WriteBoolean("selfContained", facts.IsSelfContained);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static ResolvedFacts Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new ResolvedFacts(root.GetProperty("signature").GetString()!, List(root, "calls"), List(root, "types"), root.GetProperty("selfContained").GetBoolean());
    }

    private static string[] List(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    private static void Array(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
