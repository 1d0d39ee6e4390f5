using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace XCoder.Agents.Prompts;

/// <summary>Says a schema in words, a field a line, for models whose server ignores it.</summary>
internal static class SchemaWords
{
    private const int MaxDepth = 4;

    /// <summary>The words, to append to a message.</summary>
    /// <param name="schema">A JSON schema whose root is an object or a list.</param>
    public static string Of(JsonNode schema)
    {
        var text = new StringBuilder("\n\nThe JSON has these fields:\n");
        Write(text, schema, 0);
        return text.ToString().TrimEnd();
    }

    private static void Write(StringBuilder text, JsonNode schema, int depth)
    {
        if (schema["items"] is { } items)
        {
            Write(text, items, depth);
        }

        var required = schema["required"] is JsonArray names ? names.Select(name => (string?)name).ToHashSet() : [];
        foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
        {
            if (field is null || depth > MaxDepth)
            {
                continue;
            }

            text.Append(' ', 2 * depth).Append("- ").Append(name).Append(": ").Append(Kind(field))
                .Append(required.Contains(name) ? "" : ", may be left out");
            if ((string?)field["description"] is { Length: > 0 } description)
            {
                text.Append(". ").Append(description.TrimEnd('.'));
            }

            text.Append('\n');
            Write(text, field, depth + 1);
        }
    }

    private static string Kind(JsonNode field)
    {
        if (field["enum"] is JsonArray choices)
        {
            return "one of " + string.Join(", ", choices.Select(choice => choice?.ToJsonString() ?? "null"));
        }

        var type = field["type"] is JsonArray types ? types.Select(item => (string?)item).FirstOrDefault(item => item != "null")
            : (string?)field["type"];
        return type switch
        {
            "string" => "text",
            "integer" => "a whole number" + Range(field),
            "number" => "a number" + Range(field),
            "boolean" => "true or false",
            "array" => field["items"] is { } items && (string?)items["type"] != "object" ? $"a list, each {Kind(items)}"
                : "a list of objects",
            "object" => "an object",
            _ => "any value",
        } + (field["type"] is JsonArray ? " or null" : "");
    }

    private static string Range(JsonNode field) => (field["minimum"], field["maximum"]) switch
    {
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $", {least} or more"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $", {most} or less"),
        _ => "",
    };
}
