using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Reads a JSON value by a schema and corrects small deviations: numbers written as text, one item instead of a list, options or property
/// names in another case, null for an optional property. Drops properties that a closed schema does not name.
/// </summary>
internal sealed partial class SchemaReader
{
    private const int MaxErrors = 5, MaxShown = 60;

    private readonly List<string> _errors = [];

    /// <summary>Returns the corrected value, or null when <paramref name="errors"/> says what is wrong.</summary>
    public static JsonElement? Read(JsonElement value, AnswerSchema schema, out IReadOnlyList<string> errors)
    {
        var reader = new SchemaReader();
        var node = reader.ReadNode(value, schema.Root, "");
        if (reader._errors.Count > 0 && Unwrapped(value, schema.Root) is { } inner)
        {
            var second = new SchemaReader();
            var other = second.ReadNode(inner, schema.Root, "");
            (reader, node) = second._errors.Count == 0 ? (second, other) : (reader, node);
        }

        errors = reader._errors;
        return reader._errors.Count == 0 ? JsonSerializer.SerializeToElement(node) : null;
    }

    // Models sometimes wrap the answer in an object of one property: {"answer": {…}}.
    private static JsonElement? Unwrapped(JsonElement value, SchemaNode schema) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToList() is [var only] && only.Value.ValueKind == schema.Kind
            && !schema.Properties.ContainsKey(only.Name) ? only.Value : null;

    private JsonNode? ReadNode(JsonElement value, SchemaNode schema, string path)
    {
        if (value.ValueKind == JsonValueKind.Null && schema.IsNullable)
        {
            return null;
        }

        return schema.Kind switch
        {
            JsonValueKind.Object => ReadObject(value, schema, path),
            JsonValueKind.Array => ReadArray(value, schema, path),
            JsonValueKind.String => ReadString(value, schema, path),
            JsonValueKind.Number => ReadNumber(value, schema, path),
            JsonValueKind.True => ReadBoolean(value, path),
            _ => JsonNode.Parse(value.GetRawText()),
        };
    }

    private JsonObject? ReadObject(JsonElement value, SchemaNode schema, string path)
    {
        value = Single(value, JsonValueKind.Object);
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Wrong<JsonObject>(path, "an object", value);
        }

        // Of equal names the last wins, as in most JSON readers. An exact match wins over a match in another case.
        var found = new Dictionary<string, JsonElement>();
        var more = new List<JsonProperty>();
        foreach (var property in value.EnumerateObject())
        {
            var name = schema.Properties.ContainsKey(property.Name) ? property.Name
                : schema.Properties.Keys.FirstOrDefault(key => !value.TryGetProperty(key, out _) && Plain(key) == Plain(property.Name));
            if (name is not null)
            {
                found[name] = property.Value;
            }
            else if (!schema.IsClosed)
            {
                more.Add(property);
            }
        }

        var result = new JsonObject();
        foreach (var (name, node) in schema.Properties)
        {
            var isRequired = schema.Required.Contains(name);
            if (found.TryGetValue(name, out var item) && (isRequired || node.IsNullable || item.ValueKind != JsonValueKind.Null))
            {
                result[name] = ReadNode(item, node, path.Length == 0 ? name : $"{path}.{name}");
            }
            else if (isRequired && found.Count > 0 && node is { Kind: JsonValueKind.Array, MinItems: 0 })
            {
                // An answer that names no item may leave out the list; one without any field is no answer.
                result[name] = new JsonArray();
            }
            else if (isRequired)
            {
                Say($"'{(path.Length == 0 ? name : $"{path}.{name}")}' is missing");
            }
        }

        foreach (var property in more)
        {
            result[property.Name] = JsonNode.Parse(property.Value.GetRawText());
        }

        return result;
    }

    private JsonArray? ReadArray(JsonElement value, SchemaNode schema, string path)
    {
        if (value.ValueKind == JsonValueKind.String && schema.Items?.Kind is JsonValueKind.Object
            && Inner(value, JsonValueKind.Array) is { } inner)
        {
            value = inner;
        }

        // One item counts as a list of one, null as an empty list.
        var items = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().ToList(),
            JsonValueKind.Null => [],
            _ => [value],
        };
        if (items.Count < schema.MinItems || items.Count > schema.MaxItems)
        {
            var wanted = schema.MaxItems == int.MaxValue
                ? $"{schema.MinItems} items or more" : $"{schema.MinItems} to {schema.MaxItems} items";
            Say($"{Place(path)} must hold {wanted}, not {items.Count}");
        }

        return [.. items.Select((item, i) => _errors.Count >= MaxErrors ? null : schema.Items is { } node
            ? ReadNode(item, node, $"{path}[{i}]") : JsonNode.Parse(item.GetRawText()))];
    }

    private JsonValue? ReadString(JsonElement value, SchemaNode schema, string path)
    {
        value = Single(value, JsonValueKind.String);
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        if (text is null)
        {
            return Wrong<JsonValue>(path, "text", value);
        }

        if (schema.Choices.Count > 0 && !schema.Choices.Contains(text))
        {
            var plain = Plain(text);
            text = schema.Choices.FirstOrDefault(choice => Plain(choice) == plain)
                ?? schema.Choices.FirstOrDefault(choice => choice.Length > 2 && plain.StartsWith(Plain(choice), StringComparison.Ordinal))
                ?? "";
            if (text.Length == 0)
            {
                return Wrong<JsonValue>(path, $"one of {string.Join(", ", schema.Choices)}", value);
            }
        }

        if (text.Length < schema.MinLength || text.Length > schema.MaxLength)
        {
            var wanted = schema.MaxLength == int.MaxValue
                ? $"{schema.MinLength} characters or more" : $"{schema.MinLength} to {schema.MaxLength} characters";
            Say($"{Place(path)} must have {wanted}, not {text.Length}");
        }

        return JsonValue.Create(text);
    }

    private JsonValue? ReadNumber(JsonElement value, SchemaNode schema, string path)
    {
        value = Single(value, JsonValueKind.Number);
        value = value.ValueKind == JsonValueKind.Object ? ((string[])["score", "value", "rating", "points"])
            .Select(name => value.TryGetProperty(name, out var inner) ? inner : default)
            .FirstOrDefault(inner => inner.ValueKind is JsonValueKind.Number or JsonValueKind.String, value) : value;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ValueKind == JsonValueKind.Number
            ? value.GetRawText() : "";

        // Reads "8/10", "8 out of 10" and "80%" as 8 if the maximum is 10, and "8,5" as 8.5.
        if (value.ValueKind == JsonValueKind.String && Scored().Match(text) is { Success: true } scored)
        {
            text = Points(scored, schema.Maximum) ?? text;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)
            || (schema.IsInteger && number != Math.Floor(number)))
        {
            return Wrong<JsonValue>(path, schema.IsInteger ? "a whole number" : "a number", value);
        }

        if (number < schema.Minimum || number > schema.Maximum)
        {
            var wanted = double.IsInfinity(schema.Maximum) ? $"{schema.Minimum} or more"
                : double.IsInfinity(schema.Minimum) ? $"{schema.Maximum} or less" : $"{schema.Minimum} to {schema.Maximum}";
            Say(string.Create(CultureInfo.InvariantCulture, $"{Place(path)} must be {wanted}, not {number}"));
        }

        return schema.IsInteger && Math.Abs(number) <= long.MaxValue / 2 ? JsonValue.Create((long)number) : JsonValue.Create(number);
    }

    // Null where the points are out of another number than the schema's.
    private static string? Points(Match scored, double most)
    {
        var points = scored.Groups["points"].Value.Replace(',', '.');
        if (scored.Groups["percent"].Success && double.IsFinite(most))
        {
            return (double.Parse(points, CultureInfo.InvariantCulture) * most / 100).ToString(CultureInfo.InvariantCulture);
        }

        return !scored.Groups["most"].Success || double.Parse(scored.Groups["most"].Value, CultureInfo.InvariantCulture) == most
            ? points : null;
    }

    private JsonValue? ReadBoolean(JsonElement value, string path)
    {
        value = Single(value, JsonValueKind.True);
        return value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.GetBoolean()),
            JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => JsonValue.Create(flag),
            _ => Wrong<JsonValue>(path, "true or false", value),
        };
    }

    // Accepts a list of one item for the item, and an object encoded as a string.
    private static JsonElement Single(JsonElement value, JsonValueKind wanted) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 ? value[0]
        : wanted == JsonValueKind.Object && value.ValueKind == JsonValueKind.String && Inner(value, wanted) is { } inner ? inner
        : value;

    private static JsonElement? Inner(JsonElement text, JsonValueKind wanted) =>
        JsonText.TryParse(text.GetString()!, out var inner) && inner.ValueKind == wanted ? inner : null;

    internal static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string Place(string path) => path.Length == 0 ? "the answer" : $"'{path}'";

    private T? Wrong<T>(string path, string wanted, JsonElement value)
        where T : JsonNode
    {
        var shown = value.GetRawText();
        Say($"{Place(path)} must be {wanted}, not {(shown.Length > MaxShown ? shown[..MaxShown] + "…" : shown)}");
        return null;
    }

    private void Say(string error)
    {
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(error);
        }
    }

    [GeneratedRegex(@"^\s*(?<points>-?\d+(?:[.,]\d+)?)\s*(?:(?<percent>%)|(?:/|out of|of)\s*(?<most>\d+))?(?:\s*[.:;,(-].*)?\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Scored();
}
