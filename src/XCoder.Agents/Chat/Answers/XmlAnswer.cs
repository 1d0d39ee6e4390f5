using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Reads an answer that a model wrote as elements: by the name of a field, by an attribute with its name, or as the parameters of a
/// function. Code in them need not be escaped, so this is no parser of XML: it looks for the fields of the schema and nothing else.
/// </summary>
internal static partial class XmlAnswer
{
    private const int MaxElements = 2000, MaxList = 20_000;

    private static readonly string[] Naming = ["name", "key", "id", "field"];

    /// <summary>The fields that the text holds, as an object; null where it holds none.</summary>
    /// <param name="text">The text of a reply.</param>
    /// <param name="schema">The schema that the answer must fit; its root is an object.</param>
    public static JsonElement? Read(string text, SchemaNode schema) =>
        schema.Kind == JsonValueKind.Object && text.Contains('<', StringComparison.Ordinal) && Object(text, schema) is { Count: > 0 } answer
            ? JsonSerializer.SerializeToElement(answer) : null;

    /// <summary>Whether a text ends within the element of a field, while it closes others.</summary>
    /// <param name="text">The text of a reply.</param>
    /// <param name="schema">The schema that the answer must fit.</param>
    public static bool IsOpen(string text, SchemaNode schema)
    {
        var fields = Opening().Matches(text).Where(opening => !opening.Groups["empty"].Success
            && FieldOf(schema, opening.Groups["name"].Value) is not null).ToList();
        return fields.Count > 1 && EndOf(text, fields[0].Index, fields[0].Groups["name"].Value) > 0
            && EndOf(text, fields[^1].Index, fields[^1].Groups["name"].Value) < 0;
    }

    private static JsonObject Object(string text, SchemaNode schema)
    {
        var result = new JsonObject();
        for (var (at, n) = (0, 0); n < MaxElements && Opening().Match(text, at) is { Success: true } opening; n++)
        {
            at = opening.Index + opening.Length;
            var attributes = Attributes(opening.Groups["attributes"].Value);
            var name = FieldOf(schema, opening.Groups["parameter"].Value) ?? FieldOf(schema, opening.Groups["name"].Value)
                ?? Naming.Select(key => FieldOf(schema, attributes.GetValueOrDefault(key, ""))).FirstOrDefault(field => field is not null);
            if (name is null)
            {
                continue;
            }

            var (node, isEmpty) = (schema.Properties[name], opening.Groups["empty"].Success);
            var end = isEmpty ? at : EndOf(text, at, opening.Groups["name"].Value);
            if (end < 0)
            {
                continue;
            }

            var value = isEmpty && node.Kind != JsonValueKind.Object && attributes.TryGetValue("value", out var said)
                ? JsonValue.Create(said) : Value(text[at..end], node, attributes);
            result[name] = result[name] is JsonArray list && value is JsonArray more
                ? new JsonArray([.. list.Concat(more).Select(item => item?.DeepClone())]) : value;
            at = end;
        }

        return result;
    }

    private static JsonNode? Value(string inner, SchemaNode node, Dictionary<string, string> attributes)
    {
        switch (node.Kind)
        {
            case JsonValueKind.Object when JsonText.TryParse(inner, out var json) && json.ValueKind == JsonValueKind.Object:
            case JsonValueKind.Array when JsonText.TryParse(inner, out json) && json.ValueKind == JsonValueKind.Array:
                return JsonNode.Parse(json.GetRawText());
            case JsonValueKind.Object:
                var fields = Object(inner, node);
                foreach (var (name, value) in attributes)
                {
                    if (FieldOf(node, name) is { } field && !fields.ContainsKey(field))
                    {
                        fields[field] = value;
                    }
                }

                return fields;
            case JsonValueKind.Array:
                inner = inner.Length > MaxList ? inner[..MaxList] : inner;
                var items = Item().Matches(inner).Select(item => Text(item.Groups["text"].Value)).ToList();
                return new JsonArray([.. (items.Count > 0 ? items : [Text(inner)]).Where(item => item.Length > 0)
                    .Select(item => JsonValue.Create(item))]);
            default:
                return JsonValue.Create(Text(inner));
        }
    }

    // A text in CDATA stands as it is; any other is unescaped where nothing in it could be an element.
    private static string Text(string inner)
    {
        var parts = Data().Matches(inner);
        var text = parts.Count > 0 ? string.Concat(parts.Select(part => part.Groups["text"].Value))
            : inner.Contains('<', StringComparison.Ordinal) ? inner : WebUtility.HtmlDecode(inner);
        return Fence().Match(text) is { Success: true } code ? code.Groups["code"].Value : text.Trim('\n', '\r', ' ');
    }

    // The end tag of an element, behind any CDATA; -1 where it is missing.
    private static int EndOf(string text, int start, string name)
    {
        for (var at = start; ;)
        {
            var end = text.IndexOf($"</{name}>", at, StringComparison.OrdinalIgnoreCase);
            var data = text.IndexOf("<![CDATA[", at, StringComparison.Ordinal);
            if (data < 0 || end < 0 || end < data)
            {
                return end;
            }

            at = text.IndexOf("]]>", data, StringComparison.Ordinal);
            if (at < 0)
            {
                return -1;
            }
        }
    }

    private static Dictionary<string, string> Attributes(string text) => Attribute().Matches(text)
        .DistinctBy(match => match.Groups["name"].Value).ToDictionary(match => match.Groups["name"].Value,
            match => WebUtility.HtmlDecode(match.Groups["value"].Value));

    private static string? FieldOf(SchemaNode schema, string name) => SchemaReader.Plain(name) is { Length: > 0 } plain
        ? schema.Properties.Keys.FirstOrDefault(key => SchemaReader.Plain(key) == plain) : null;

    // <code>, <field name="code">, <score name="clarity" value="8"/>, <parameter=code>.
    [GeneratedRegex(@"<(?<name>[A-Za-z][\w.-]{0,40})(?:=""?(?<parameter>[\w-]{1,40})""?)?"
        + @"(?<attributes>(?:\s+[\w:-]{1,40}\s*=\s*(?:""[^""]{0,400}""|'[^']{0,400}'))*)\s*(?<empty>/)?>", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"(?<name>[\w:-]{1,40})\s*=\s*(?:""(?<value>[^""]*)""|'(?<value>[^']*)')", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"<(?<name>[A-Za-z][\w-]{0,40})>(?<text>[\s\S]*?)</\k<name>>", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    [GeneratedRegex(@"<!\[CDATA\[(?<text>[\s\S]*?)\]\]>", RegexOptions.CultureInvariant)]
    private static partial Regex Data();

    [GeneratedRegex(@"\A\s*```[^\n`]*\n(?<code>[\s\S]*?)\n?[ \t]*```\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();
}
