using System.Text.Json;
using System.Text.Json.Nodes;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Makes one object of a list: of objects with a field each, or of pairs such as <c>{"name": "score", "value": 8}</c>.
/// </summary>
internal static class FieldList
{
    private const int MaxItems = 100;

    private static readonly string[] Names =
        ["name", "key", "field", "id", "property", "label", "title", "parameter", "attribute", "column", "criterion", "metric"];

    private static readonly string[] Values = ["value", "content", "text", "data", "answer", "val", "score", "rating", "points"];

    private static readonly string[] Numbers = ["value", "val", "score", "rating", "points"];

    /// <summary>The object that a list, or a single pair, stands for; null where the value is no such list.</summary>
    public static JsonElement? Of(JsonElement value, SchemaNode schema) => value.ValueKind switch
    {
        JsonValueKind.Array => Merge(value.EnumerateArray(), schema),
        JsonValueKind.Object when value.EnumerateObject().All(property => SchemaReader.FieldOf(schema, property.Name) is null)
            && Pair(value, schema) is not null => Merge([value], schema),
        _ => null,
    };

    /// <summary>The object, or null where the list names no field of the schema.</summary>
    public static JsonElement? Merge(IEnumerable<JsonElement> list, SchemaNode schema)
    {
        var result = new JsonObject();
        foreach (var item in list.Take(MaxItems).Where(item => item.ValueKind == JsonValueKind.Object))
        {
            foreach (var (name, value) in Pair(item, schema) is { } pair ? [pair]
                : item.EnumerateObject().Select(field => (field.Name, field.Value)))
            {
                if (SchemaReader.FieldOf(schema, name) is { } field)
                {
                    result[field] = JsonNode.Parse(value.GetRawText());
                }
            }
        }

        return result.Count > 0 ? JsonSerializer.SerializeToElement(result) : null;
    }

    /// <summary>The value of an object that says more than a value, such as <c>{"type": "string", "value": "a"}</c>.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="kinds">What the value may be; of several members, one of an earlier kind counts first.</param>
    public static JsonElement Inner(JsonElement value, params JsonValueKind[] kinds)
    {
        // Of texts beside each other, the one that is named as a number is.
        var names = kinds is [JsonValueKind.Number, ..] ? Values.OrderBy(name => !Numbers.Contains(name)) : (IEnumerable<string>)Values;
        return value.ValueKind != JsonValueKind.Object ? value
            : kinds.SelectMany(kind => names.Select(name => (Kind: kind,
                    Inner: value.TryGetProperty(name, out var inner) ? inner : default)))
                .Where(found => found.Inner.ValueKind == found.Kind).Select(found => found.Inner).FirstOrDefault(value);
    }

    private static (string Name, JsonElement Value)? Pair(JsonElement item, SchemaNode schema)
    {
        var fields = item.EnumerateObject().ToList();
        var at = fields.FindIndex(field => field.Value.ValueKind == JsonValueKind.String
            && Names.Contains(field.Name, StringComparer.OrdinalIgnoreCase)
            && SchemaReader.FieldOf(schema, field.Value.GetString()!) is not null);
        if (at < 0)
        {
            return null;
        }

        var name = fields[at].Value.GetString()!;
        fields.RemoveAt(at);
        var value = fields.FindIndex(field => Values.Contains(field.Name, StringComparer.OrdinalIgnoreCase));
        return value >= 0 ? (name, fields[value].Value) : fields is [var only] ? (name, only.Value) : null;
    }
}
