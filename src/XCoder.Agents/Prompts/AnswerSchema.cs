using System.Text.Json;

namespace XCoder.Agents.Prompts;

/// <summary>
/// The JSON schema of an answer. Read are: <c>type</c> (one, or one and <c>null</c>), <c>properties</c>, <c>required</c>,
/// <c>additionalProperties: false</c>, <c>items</c>, <c>minItems</c>, <c>maxItems</c>, <c>enum</c> of strings, <c>minimum</c>,
/// <c>maximum</c>, <c>minLength</c>, <c>maxLength</c>; <c>title</c>, <c>description</c>, <c>default</c>, <c>examples</c> and
/// <c>$schema</c> are for the model alone.
/// </summary>
public sealed class AnswerSchema
{
    /// <summary>Reads a schema.</summary>
    /// <param name="name">Its name: letters, digits, <c>_</c> and <c>-</c>, 64 at most, as endpoints ask for.</param>
    /// <param name="json">The schema; at its root stands an object or an array.</param>
    /// <exception cref="ArgumentException">It is no JSON, or uses what is not read.</exception>
    public AnswerSchema(string name, string json)
    {
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw new ArgumentException($"'{name}' names no schema: letters, digits, _ and -, 64 at most.", nameof(name));
        }

        Name = name;
        try
        {
            Json = JsonElement.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The schema {name} is no JSON: {exception.Message}", nameof(json), exception);
        }

        Text = JsonSerializer.Serialize(Json);
        Root = SchemaNode.Read(Json, name);
        if (Root.Kind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            throw new ArgumentException($"The schema {name} has {Root.Kind} at its root; an object or an array is wanted.", nameof(json));
        }
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The schema.</summary>
    public JsonElement Json { get; }

    /// <summary>The schema in one line; part of a question's key.</summary>
    public string Text { get; }

    internal SchemaNode Root { get; }
}

/// <summary>A schema, or a part of one, made ready for reading answers.</summary>
internal sealed class SchemaNode
{
    private const int MaxDepth = 32;

    private static readonly HashSet<string> Known =
        ["type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "enum", "minimum", "maximum",
            "minLength", "maxLength", "title", "description", "default", "examples", "$schema"];

    private SchemaNode()
    {
    }

    /// <summary>What is wanted; <see cref="JsonValueKind.True"/> stands for either boolean, undefined for anything.</summary>
    public JsonValueKind Kind { get; private init; }

    public bool IsInteger { get; private init; }

    public bool IsNullable { get; private init; }

    public bool IsClosed { get; private init; }

    public required IReadOnlyDictionary<string, SchemaNode> Properties { get; init; }

    public required IReadOnlyList<string> Required { get; init; }

    public required IReadOnlyList<string> Choices { get; init; }

    public SchemaNode? Items { get; private init; }

    public double Minimum { get; private init; } = double.NegativeInfinity;

    public double Maximum { get; private init; } = double.PositiveInfinity;

    public int MinLength { get; private init; }

    public int MaxLength { get; private init; } = int.MaxValue;

    public int MinItems { get; private init; }

    public int MaxItems { get; private init; } = int.MaxValue;

    /// <exception cref="ArgumentException">The schema uses what is not read.</exception>
    public static SchemaNode Read(JsonElement schema, string path, int depth = 0)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            throw new ArgumentException($"The schema at {path} is no object, or lies deeper than {MaxDepth}.");
        }

        if (schema.EnumerateObject()
            .FirstOrDefault(property => !Known.Contains(property.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new ArgumentException($"The schema at {path} uses '{unknown.Name}', which is not read. AnswerSchema says what is.");
        }

        try
        {
            return Build(schema, path, depth);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new ArgumentException($"The schema at {path} is not as JSON Schema says: {exception.Message}", exception);
        }
    }

    private static SchemaNode Build(JsonElement schema, string path, int depth)
    {
        var types = !schema.TryGetProperty("type", out var type) ? [] : type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Select(name => name.GetString()!).ToList() : [type.GetString()!];
        var isNullable = types.Remove("null");
        if (types.Count > 1)
        {
            throw new ArgumentException($"The schema at {path} names several types; one, or one and null, is read.");
        }

        var choices = schema.TryGetProperty("enum", out var names) ? names.EnumerateArray()
            .Where(name => name.ValueKind != JsonValueKind.Null).Select(name => name.GetString()!).ToList() : [];
        var kind = types.Count == 0 ? choices.Count > 0 ? JsonValueKind.String : JsonValueKind.Undefined : KindOf(types[0], path);
        return new SchemaNode
        {
            Kind = kind,
            IsInteger = types is ["integer"],
            IsNullable = isNullable,
            IsClosed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False,
            Properties = schema.TryGetProperty("properties", out var properties)
                ? properties.EnumerateObject()
                    .ToDictionary(property => property.Name, property => Read(property.Value, $"{path}.{property.Name}", depth + 1))
                : [],
            Required = schema.TryGetProperty("required", out var required)
                ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : [],
            Choices = choices,
            Items = schema.TryGetProperty("items", out var items) ? Read(items, $"{path}[]", depth + 1) : null,
            Minimum = schema.TryGetProperty("minimum", out var minimum) ? minimum.GetDouble() : double.NegativeInfinity,
            Maximum = schema.TryGetProperty("maximum", out var maximum) ? maximum.GetDouble() : double.PositiveInfinity,
            MinLength = Number(schema, "minLength", 0),
            MaxLength = Number(schema, "maxLength", int.MaxValue),
            MinItems = Number(schema, "minItems", 0),
            MaxItems = Number(schema, "maxItems", int.MaxValue),
        };
    }

    private static int Number(JsonElement schema, string name, int otherwise) =>
        schema.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    private static JsonValueKind KindOf(string type, string path) => type switch
    {
        "object" => JsonValueKind.Object,
        "array" => JsonValueKind.Array,
        "string" => JsonValueKind.String,
        "number" or "integer" => JsonValueKind.Number,
        "boolean" => JsonValueKind.True,
        _ => throw new ArgumentException($"The schema at {path} has the unknown type '{type}'."),
    };
}
