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
    private const int MaxElements = 2000, MaxList = 20_000, MaxLine = 200;

    private static readonly string[] Naming = ["name", "key", "id", "field"];

    /// <summary>The fields that the text holds, as an object; null where it holds none.</summary>
    /// <param name="text">The text of a reply.</param>
    /// <param name="schema">The schema that the answer must fit; its root is an object.</param>
    public static JsonElement? Read(string text, SchemaNode schema) =>
        schema.Kind == JsonValueKind.Object && text.Contains('<', StringComparison.Ordinal) && Object(text, schema) is { Count: > 0 } answer
            ? JsonSerializer.SerializeToElement(answer) : null;

    /// <summary>Whether a text ends within the element of a field that begins a line, while it closes others.</summary>
    /// <param name="text">The text of a reply.</param>
    /// <param name="schema">The schema that the answer must fit.</param>
    public static bool IsOpen(string text, SchemaNode schema) =>
        schema.Kind == JsonValueKind.Object && Elements(text, schema, out var isOpen).Count > 0 && isOpen;

    private static JsonObject Object(string text, SchemaNode schema)
    {
        var elements = Elements(text, schema, out _);
        var result = new JsonObject();
        foreach (var element in elements.Skip(LastVersion(text, elements, schema)))
        {
            // What comes again behind the answer is quoted in a remark.
            if (result.TryGetPropertyValue(element.Field, out var before) && before is not JsonArray)
            {
                continue;
            }

            var node = schema.Properties[element.Field];
            var value = element.IsEmpty && node.Kind != JsonValueKind.Object && element.Attributes.TryGetValue("value", out var said)
                ? JsonValue.Create(said) : Value(text[element.Start..element.End], node, element.Attributes);
            result[element.Field] = before is JsonArray list && value is JsonArray more
                ? new JsonArray([.. list.Concat(more).Select(item => item?.DeepClone())]) : value;
        }

        return result;
    }

    // The elements of fields, one behind the other.
    private static List<Part> Elements(string text, SchemaNode schema, out bool isOpen)
    {
        var result = new List<Part>();
        isOpen = false;
        for (var (at, n) = (0, 0); n < MaxElements && Opening().Match(text, at) is { Success: true } opening; n++)
        {
            at = opening.Index + opening.Length;
            var attributes = Attributes(opening.Groups["attributes"].Value);
            var name = SchemaReader.FieldOf(schema, opening.Groups["parameter"].Value)
                ?? SchemaReader.FieldOf(schema, opening.Groups["name"].Value)
                ?? Naming.Select(key => SchemaReader.FieldOf(schema, attributes.GetValueOrDefault(key, "")))
                    .FirstOrDefault(field => field is not null);
            if (name is null)
            {
                continue;
            }

            var isEmpty = opening.Groups["empty"].Success;
            var end = isEmpty ? at : EndOf(text, at, opening.Groups["name"].Value);
            isOpen = end < 0 ? isOpen || StartsLine(text, opening.Index) : isOpen && result.Count == 0;
            if (end >= 0)
            {
                result.Add(new Part(name, opening.Index, at, end, isEmpty, attributes));
                at = end;
            }
        }

        return result;
    }

    // The first element of the last version: one from which all fields stand that are needed, and that repeats one before it.
    private static int LastVersion(string text, List<Part> elements, SchemaNode schema)
    {
        var (first, missing) = (0, schema.Required.ToHashSet());
        var isWhole = new bool[elements.Count];
        for (var i = 0; i < elements.Count; i++)
        {
            isWhole[i] = missing.Count == 0;
            missing.Remove(elements[i].Field);
        }

        missing = [.. schema.Required];
        for (var i = elements.Count - 1; i > 0 && first == 0; i--)
        {
            missing.Remove(elements[i].Field);
            var isRepeated = isWhole[i] || (schema.Properties[elements[i].Field].Kind != JsonValueKind.Array
                && elements.FindIndex(element => element.Field == elements[i].Field) < i);
            first = missing.Count == 0 && isRepeated && StartsLine(text, elements[i].Index) ? i : 0;
        }

        return first;
    }

    // Whether nothing but tags stands before a place in its line.
    private static bool StartsLine(string text, int at)
    {
        var from = Math.Max(0, at - MaxLine);
        var before = text.AsSpan(from, at - from);
        before = before[(before.LastIndexOf('\n') + 1)..].Trim();
        return before.Length == 0 || (before[0] == '<' && before[^1] == '>');
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
                    if (SchemaReader.FieldOf(node, name) is { } field && !fields.ContainsKey(field))
                    {
                        fields[field] = value;
                    }
                }

                return fields;
            case JsonValueKind.Array:
                inner = JsonText.Clean(inner.Length > MaxList ? inner[..MaxList] : inner);
                var items = new List<string>();
                for (var item = Item().Match(inner); item.Success;)
                {
                    var (start, tag) = (item.Index + item.Length, item.Groups["name"].Value);
                    var end = EndOf(inner, start, tag);
                    if (end >= 0)
                    {
                        items.Add(Text(inner[start..end]));
                    }

                    item = Item().Match(inner, end >= 0 ? end + tag.Length : start);
                }

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
        return Fences.Whole(text) ?? text.Trim('\n', '\r', ' ');
    }

    // The end tag of an element, behind any CDATA; -1 where it is missing.
    private static int EndOf(string text, int start, string name)
    {
        var (at, end) = (start, -1);
        while (true)
        {
            end = end < at ? text.IndexOf($"</{name}>", at, StringComparison.OrdinalIgnoreCase) : end;
            var data = end < 0 ? -1 : text.IndexOf("<![CDATA[", at, end - at, StringComparison.Ordinal);
            if (data < 0)
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

    // <code>, <field name="code">, <score name="clarity" value="8"/>, <parameter=code>.
    [GeneratedRegex(@"<(?<name>[A-Za-z][\w.-]{0,40})(?:=""?(?<parameter>[\w-]{1,40})""?)?"
        + @"(?<attributes>(?:\s+[\w:-]{1,40}\s*=\s*(?:""[^""]{0,400}""|'[^']{0,400}')){0,20})\s*(?<empty>/)?>",
        RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"(?<name>[\w:-]{1,40})\s*=\s*(?:""(?<value>[^""]*)""|'(?<value>[^']*)')", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"<(?<name>[A-Za-z][\w-]{0,40})>", RegexOptions.CultureInvariant)]
    private static partial Regex Item();

    [GeneratedRegex(@"<!\[CDATA\[(?<text>[\s\S]*?)\]\]>", RegexOptions.CultureInvariant)]
    private static partial Regex Data();

    // An element that is a field: from its opening tag, and from what stands in it to its closing tag.
    private sealed record Part(string Field, int Index, int Start, int End, bool IsEmpty, Dictionary<string, string> Attributes);
}
