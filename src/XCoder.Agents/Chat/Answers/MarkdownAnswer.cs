using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Reads an answer that a model wrote in Markdown, or as elements of XML, in place of JSON: a heading, a label or an element for each
/// field, code in fences, lists as lists.
/// </summary>
internal static partial class MarkdownAnswer
{
    private const int MaxLines = 20_000, MaxAside = 400;

    /// <summary>The fields that the text holds, as an object; null where it holds none.</summary>
    /// <param name="text">The text of a reply.</param>
    /// <param name="schema">The schema that the answer must fit; its root is an object.</param>
    public static JsonElement? Read(string text, SchemaNode schema)
    {
        if (schema.Kind != JsonValueKind.Object)
        {
            return null;
        }

        var fields = new Dictionary<string, SchemaNode>();
        Collect(schema, fields);
        var (parts, other) = Split(text, fields);
        var answer = Object(schema, parts);

        // Code in the only fence of a reply needs no label.
        if (!parts.ContainsKey("CODE") && fields.TryGetValue("CODE", out var code) && code.Kind == JsonValueKind.String
            && schema.Properties.ContainsKey("code") && Fence().Matches(other) is [var only])
        {
            answer["code"] = only.Groups["code"].Value;
        }

        return answer.Count == 0 ? null : JsonSerializer.SerializeToElement(answer);
    }

    // All fields by their plain names; of inner objects only those whose names no outer one has.
    private static void Collect(SchemaNode node, Dictionary<string, SchemaNode> fields)
    {
        foreach (var (name, field) in node.Properties)
        {
            fields.TryAdd(SchemaReader.Plain(name), field);
        }

        foreach (var field in node.Properties.Values.Where(field => field.Kind == JsonValueKind.Object))
        {
            Collect(field, fields);
        }
    }

    private static (Dictionary<string, string> Parts, string Other) Split(string text, Dictionary<string, SchemaNode> fields)
    {
        var (parts, name, lines, isCode) = (new Dictionary<string, string>(), "", new List<string>(), false);
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n').Take(MaxLines))
        {
            var isFence = raw.TrimStart().StartsWith("```", StringComparison.Ordinal);
            var label = isCode || isFence ? Match.Empty : Element().Match(raw) is { Success: true } element ? element : Label().Match(raw);
            if (label.Success && SchemaReader.Plain(label.Groups["name"].Value) is var plain && fields.ContainsKey(plain))
            {
                End();
                (name, lines) = (plain, [label.Groups["rest"].Value]);
                continue;
            }

            isCode ^= isFence;
            lines.Add(raw);
        }

        End();
        return (parts, parts.GetValueOrDefault("", ""));

        void End()
        {
            var part = EndOfElement().Replace(string.Join('\n', lines), "").Trim('\n', ' ', '\r');
            if (part.Length > 0 || name.Length > 0)
            {
                parts[name] = parts.TryGetValue(name, out var before) && before.Length > 0 ? before + "\n" + part : part;
            }
        }
    }

    private static JsonObject Object(SchemaNode node, Dictionary<string, string> parts)
    {
        var result = new JsonObject();
        foreach (var (name, field) in node.Properties)
        {
            var value = parts.TryGetValue(SchemaReader.Plain(name), out var part) ? Value(field, part) : null;
            if (value is null && field.Kind == JsonValueKind.Object && Object(field, parts) is { Count: > 0 } inner)
            {
                value = inner;
            }

            if (value is not null)
            {
                result[name] = value;
            }
        }

        return result;
    }

    private static JsonNode? Value(SchemaNode field, string part)
    {
        var code = Fence().Match(part);
        var inside = code.Success && part.Length - code.Length <= MaxAside ? code.Groups["code"].Value : part;
        switch (field.Kind)
        {
            case JsonValueKind.String when field.Choices.Count > 0:
                return field.Choices.FirstOrDefault(choice => Regex.IsMatch(part, $@"\b{Regex.Escape(choice)}\b", RegexOptions.IgnoreCase));
            case JsonValueKind.String:
                return inside.Length == 0 ? null : inside;
            case JsonValueKind.Number:
                return Number().Match(part) is { Success: true } number ? number.Value.Replace(" ", "", StringComparison.Ordinal) : null;
            case JsonValueKind.True:
                return Flag().Match(part) is { Success: true } flag
                    ? flag.Value.ToUpperInvariant() is "TRUE" or "YES" : null;
            case JsonValueKind.Array when JsonText.TryParse(inside, out var list) && list.ValueKind == JsonValueKind.Array:
                return JsonNode.Parse(list.GetRawText());
            case JsonValueKind.Array when field.Items?.Kind is JsonValueKind.String:
                return new JsonArray([.. Items(part).Select(item => JsonValue.Create(item))]);
            case JsonValueKind.Object when JsonText.TryParse(inside, out var value) && value.ValueKind == JsonValueKind.Object:
                return JsonNode.Parse(value.GetRawText());
            default:
                return null;
        }
    }

    private static IEnumerable<string> Items(string part)
    {
        var bullets = Bullet().Matches(part).Select(match => match.Groups["text"].Value.Trim()).Where(text => text.Length > 0).ToList();
        return bullets.Count > 0 ? bullets : Nothing().IsMatch(part) ? [] : [part];
    }

    // "## Score", "**Score:** 8", "- Score: 8/10", "Score = 8".
    [GeneratedRegex(@"^\s{0,3}(?:#{1,6}[ \t]*|[-*+][ \t]+|\d{1,2}[.)][ \t]+)*(?:(?:\*\*|__|`)?(?<name>[A-Za-z][\w \-/]{0,40}?)[ \t]*"
        + @"(?:(?:[:=\uFF1A])[ \t]*(?:\*\*|__|`)?|(?:\*\*|__|`)[ \t]*[:=\uFF1A]?"
        + @"|(?<=^\s{0,3}\#[^\n]*)[ \t]*:?(?=[ \t]*$)))[ \t]*(?<rest>.*)$")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s{0,3}<(?<name>[A-Za-z][\w-]{0,40})>[ \t]*(?<rest>.*)$")]
    private static partial Regex Element();

    [GeneratedRegex(@"\s*</[A-Za-z][\w-]{0,40}>\s*$")]
    private static partial Regex EndOfElement();

    [GeneratedRegex(@"```[^\n`]*\n(?<code>[\s\S]*?)\n?[ \t]*```")]
    private static partial Regex Fence();

    [GeneratedRegex(@"-?\d+(?:\.\d+)?(?:[ ]?/[ ]?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(?:true|false|yes|no)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Flag();

    [GeneratedRegex(@"^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+(?<text>[^\n]+"
        + @"(?:\n(?![ \t]*(?:[-*+]|\d{1,2}[.)])[ \t])[ \t]+[^\n]+)*)", RegexOptions.Multiline)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\W*(?:none|nothing|n/a|-)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Nothing();
}
