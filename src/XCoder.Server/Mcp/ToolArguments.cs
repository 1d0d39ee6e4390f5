using System.Text.Json;
using ModelContextProtocol.Protocol;
using XCoder.Analysis.Text;

namespace XCoder.Server.Mcp;

/// <summary>A call that cannot be answered. The message says what to do.</summary>
/// <param name="message">Words of the server.</param>
/// <param name="data">Names and other text from repositories, one a line; null for none.</param>
internal sealed class ToolException(string message, IEnumerable<string>? data = null) : Exception(message)
{
    /// <summary>The whole text for the client.</summary>
    public string Text
    {
        get
        {
            var answer = new Answer(MostTokens);
            answer.Say(Message);
            foreach (var line in data ?? [])
            {
                answer.Add(Answer.Line(line));
            }

            return answer.ToString();
        }
    }

    private const int MostTokens = 800;
}

/// <summary>The arguments of a call, checked against the schema that the tool was listed with.</summary>
internal sealed class ToolArguments
{
    private const int MostCharacters = 100_000;

    private readonly JsonElement _properties;
    private readonly IDictionary<string, JsonElement> _given;

    /// <param name="tool">The tool.</param>
    /// <param name="given">What the client gave; null for nothing.</param>
    /// <exception cref="ToolException">An argument is unknown, missing, of another type or out of range.</exception>
    public ToolArguments(Tool tool, IDictionary<string, JsonElement>? given)
    {
        _given = (given ?? new Dictionary<string, JsonElement>())
            .Where(static pair => pair.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)).ToDictionary();
        _properties = tool.InputSchema.GetProperty("properties");
        var known = _properties.EnumerateObject().Select(static property => property.Name).ToList();
        if (_given.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ToolException($"{tool.Name} has no argument '{Answer.Line(unknown, 40)}'.{Suggestion.For(unknown, known)} "
                + $"It has: {string.Join(", ", known)}.");
        }

        foreach (var property in _properties.EnumerateObject().Where(property => _given.ContainsKey(property.Name)))
        {
            Check(property.Name, property.Value, _given[property.Name]);
        }

        if (tool.InputSchema.TryGetProperty("required", out var required)
            && required.EnumerateArray().Select(static name => name.GetString()!).FirstOrDefault(name => Text(name) is null) is { } missing)
        {
            throw new ToolException($"{tool.Name} needs the argument '{missing}': "
                + _properties.GetProperty(missing).GetProperty("description").GetString());
        }
    }

    /// <summary>A text without white space around it; null if it was not given or is empty.</summary>
    public string? Text(string name) =>
        _given.TryGetValue(name, out var value) && value.GetString() is { } text && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>A text that the schema requires, as it was given.</summary>
    public string Required(string name) => _given[name].GetString()!;

    /// <summary>A whole number, or the schema's default.</summary>
    public int Number(string name) => Value(name).GetInt32();

    /// <summary>Yes or no, or the schema's default.</summary>
    public bool Flag(string name) => Value(name).GetBoolean();

    private JsonElement Value(string name) =>
        _given.TryGetValue(name, out var value) ? value : _properties.GetProperty(name).GetProperty("default");

    private static void Check(string name, JsonElement schema, JsonElement value)
    {
        switch (schema.GetProperty("type").GetString())
        {
            case "string" when value.ValueKind != JsonValueKind.String:
                throw new ToolException($"'{name}' must be a text.");
            case "string" when value.GetString()!.Length > MostCharacters:
                throw new ToolException($"'{name}' is too long: at most {NumberText.Count(MostCharacters)} characters.");
            case "boolean" when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                throw new ToolException($"'{name}' must be true or false.");
            case "integer":
                var (least, most) = (schema.GetProperty("minimum").GetInt32(), schema.GetProperty("maximum").GetInt32());
                if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < least || number > most)
                {
                    throw new ToolException($"'{name}' must be a whole number, {least} to {most}.");
                }

                break;
        }
    }
}
