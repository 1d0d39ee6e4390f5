using System.Text.Json;

namespace XCoder.Agents.Prompts;

/// <summary>
/// The JSON schema of an answer. Supports <c>type</c> (one type, or one and <c>null</c>), <c>properties</c>, <c>required</c>,
/// <c>additionalProperties: false</c>, <c>items</c>, <c>minItems</c>, <c>maxItems</c>, <c>enum</c> of strings, <c>minimum</c>,
/// <c>maximum</c>, <c>minLength</c> and <c>maxLength</c>. Only the model reads <c>title</c>, <c>description</c>, <c>default</c>,
/// <c>examples</c> and <c>$schema</c>.
/// </summary>
public sealed class AnswerSchema
{
    /// <summary>Parses a schema.</summary>
    /// <param name="name">Name of the schema: 1 to 64 letters, digits, <c>_</c> or <c>-</c>, as endpoints require.</param>
    /// <param name="json">The schema; its root must be an object or an array.</param>
    /// <exception cref="ArgumentException">The text is not JSON, or uses a keyword that is not supported.</exception>
    public AnswerSchema(string name, string json)
    {
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw new ArgumentException($"'{name}' is not a schema name: use 1 to 64 letters, digits, _ or -.", nameof(name));
        }

        Name = name;
        try
        {
            Json = JsonElement.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The schema {name} is not JSON: {exception.Message}", nameof(json), exception);
        }

        Text = JsonSerializer.Serialize(Json);
        Root = SchemaNode.Read(Json, name);
        if (Root.Kind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            throw new ArgumentException($"The schema {name} has {Root.Kind} at its root; it must be an object or an array.", nameof(json));
        }
    }

    /// <summary>The name that requests give the schema.</summary>
    public string Name { get; }

    /// <summary>The parsed schema.</summary>
    public JsonElement Json { get; }

    /// <summary>The schema on one line; part of a question's key.</summary>
    public string Text { get; }

    internal SchemaNode Root { get; }
}

/// <summary>A node of a schema, prepared for reading answers.</summary>
internal sealed class SchemaNode
{
    private const int MaxDepth = 32;

    private static readonly HashSet<string> Known =
        ["type", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "enum", "minimum", "maximum",
            "minLength", "maxLength", "title", "description", "default", "examples", "$schema"];

    private SchemaNode()
    {
    }

    /// <summary>The expected kind of value; <see cref="JsonValueKind.True"/> means either boolean, undefined means any value.</summary>
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

    /// <exception cref="ArgumentException">The schema uses a keyword that is not supported, or nests deeper than 32 levels.</exception>
    public static SchemaNode Read(JsonElement schema, string path, int depth = 0)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            throw new ArgumentException($"The schema at {path} is not an object, or nests deeper than {MaxDepth} levels.");
        }

        if (schema.EnumerateObject()
            .FirstOrDefault(property => !Known.Contains(property.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            throw new ArgumentException(
                $"The schema at {path} uses '{unknown.Name}', which is not supported. AnswerSchema lists the supported keywords.");
        }

        try
        {
            return Build(schema, path, depth);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new ArgumentException($"The schema at {path} does not follow JSON Schema: {exception.Message}", exception);
        }
    }

    private static SchemaNode Build(JsonElement schema, string path, int depth)
    {
        var types = !schema.TryGetProperty("type", out var type) ? [] : type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Select(name => name.GetString()!).ToList() : [type.GetString()!];
        var isNullable = types.Remove("null");
        if (types.Count > 1)
        {
            throw new ArgumentException($"The schema at {path} names several types; only one type, or one and null, is supported.");
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
