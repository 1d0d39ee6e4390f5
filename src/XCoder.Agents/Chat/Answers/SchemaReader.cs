using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Reads a JSON value by a schema and corrects small deviations: numbers written as text, one item instead of a list, options or property
/// names in another case, null for an optional property. Drops properties that a closed schema does not name.
/// </summary>
internal sealed class SchemaReader(bool isWhole)
{
    private const int MaxErrors = 5, MaxShown = 60, LeastBeginning = 4;

    private readonly List<string> _errors = [];

    /// <summary>Returns the corrected value, or null when <paramref name="errors"/> says what is wrong.</summary>
    /// <param name="value">What the model wrote.</param>
    /// <param name="schema">The schema that the answer must fit.</param>
    /// <param name="isWhole">Whether the end of the value is certainly there, so that a list that is missing is an empty one.</param>
    /// <param name="errors">What is wrong.</param>
    public static JsonElement? Read(JsonElement value, AnswerSchema schema, bool isWhole, out IReadOnlyList<string> errors)
    {
        var reader = new SchemaReader(isWhole);
        var node = reader.ReadNode(value, schema.Root, "");
        if (reader._errors.Count > 0 && Unwrapped(value, schema.Root) is { } inner)
        {
            var second = new SchemaReader(isWhole);
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
        value = FieldList.Of(value, schema) ?? value;
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Wrong<JsonObject>(path, "an object", value);
        }

        // Of equal names the last wins, as in most JSON readers. An exact match wins over a match in another case.
        var found = new Dictionary<string, JsonElement>();
        var more = new List<JsonProperty>();
        foreach (var property in value.EnumerateObject())
        {
            if (FieldOf(schema, property.Name) is { } name && (name == property.Name || !value.TryGetProperty(name, out _)))
            {
                found[name] = property.Value;
            }
            else if (!schema.IsClosed)
            {
                more.Add(property);
            }
        }

        foreach (var name in schema.Required.Where(name => !found.ContainsKey(name)))
        {
            if (Likely(value, schema, name) is { } likely)
            {
                found[name] = likely;
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
            else if (isRequired && isWhole && found.Count > 0 && node is { Kind: JsonValueKind.Array, MinItems: 0 })
            {
                // An answer that names no item may leave out the list, unless it may be cut; one without any field is no answer.
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

    // What stands in the place of a field that is missing: for a number or a choice the only field whose name goes on, such as
    // codeCorrectness for codeCorrect; for an object its fields, written beside the others.
    private static JsonElement? Likely(JsonElement value, SchemaNode schema, string name)
    {
        var others = value.EnumerateObject()
            .Where(property => FieldOf(schema, property.Name) is null).ToList();
        if (!schema.Properties.TryGetValue(name, out var node))
        {
            return null;
        }

        if (node.Kind == JsonValueKind.Object
            && others.Exists(property => FieldOf(node, property.Name) is not null))
        {
            return value;
        }

        return (node.Kind == JsonValueKind.Number || node.Choices.Count > 0) && name.Length >= LeastBeginning
            && others.FindAll(property => Plain(property.Name).StartsWith(Plain(name), StringComparison.Ordinal)) is [var only]
                ? only.Value : null;
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
            JsonValueKind.Object when schema.Items?.Kind is JsonValueKind.String && value.EnumerateObject().ToList() is { Count: > 0 } named
                && named.TrueForAll(item => item.Value.ValueKind == JsonValueKind.String) => [.. named.Select(item => item.Value)],
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
        value = FieldList.Inner(Single(value, JsonValueKind.String), JsonValueKind.String);
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,

            // Code, a line each.
            JsonValueKind.Array when schema.Choices.Count == 0
                && value.EnumerateArray().All(line => line.ValueKind == JsonValueKind.String) =>
                    string.Join('\n', value.EnumerateArray().Select(line => line.GetString()!.TrimEnd('\n', '\r'))),
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
        value = FieldList.Inner(Single(value, JsonValueKind.Number), JsonValueKind.Number, JsonValueKind.String);
        var read = value.ValueKind switch
        {
            JsonValueKind.String => ScoreReader.Read(value.GetString()!, schema.Minimum, schema.Maximum, schema.IsInteger),
            JsonValueKind.Number when value.TryGetDouble(out var exact) && double.IsFinite(exact) => exact,
            _ => null,
        };
        if (read is not { } number || (schema.IsInteger && number != Math.Floor(number)))
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

    private JsonValue? ReadBoolean(JsonElement value, string path)
    {
        value = Single(value, JsonValueKind.True);
        return value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.GetBoolean()),
            JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => JsonValue.Create(flag),
            JsonValueKind.String when Plain(value.GetString()!) is "YES" or "NO" => JsonValue.Create(Plain(value.GetString()!) == "YES"),
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

    /// <summary>The field of an object that a name stands for, in whatever case and with whatever between its words; or null.</summary>
    internal static string? FieldOf(SchemaNode schema, string name) => schema.Properties.ContainsKey(name) ? name
        : schema.Properties.Keys.FirstOrDefault(key => IsSame(key, name));

    // Whether two names are the same when plain, without making either plain: a reply may hold very many of them.
    private static bool IsSame(string one, string other)
    {
        for (var (i, j, n) = (0, 0, 0); ; i++, j++, n++)
        {
            while (i < one.Length && !char.IsLetterOrDigit(one[i]))
            {
                i++;
            }

            while (j < other.Length && !char.IsLetterOrDigit(other[j]))
            {
                j++;
            }

            if (i == one.Length || j == other.Length)
            {
                return i == one.Length && j == other.Length && n > 0;
            }

            if (char.ToUpperInvariant(one[i]) != char.ToUpperInvariant(other[j]))
            {
                return false;
            }
        }
    }

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
}
