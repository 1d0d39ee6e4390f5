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
