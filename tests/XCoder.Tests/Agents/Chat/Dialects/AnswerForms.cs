using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XCoder.Tests.Agents.Chat.Dialects;

/// <summary>The forms in which models write an answer, other than the JSON object that they were asked for.</summary>
internal static class AnswerForms
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(JsonObject answer) => answer.ToJsonString(Plain);

    public static string Fenced(JsonObject answer) => $"Sure! Here is the answer:\n\n```json\n{Json(answer)}\n```\n\nLet me know if you need more.";

    public static string TwiceEncoded(JsonObject answer) => JsonSerializer.Serialize(Json(answer));

    public static string Wrapped(JsonObject answer) => new JsonObject { ["result"] = answer.DeepClone(), ["status"] = "done" }.ToJsonString();

    public static string SchemaEchoed(JsonObject answer) => new JsonObject { ["type"] = "object", ["properties"] = answer.DeepClone() }.ToJsonString();

    public static string OtherNames(JsonObject answer) => new JsonObject(answer.Select(item => KeyValuePair.Create(char.ToUpperInvariant(item.Key[0]) + item.Key[1..], item.Value is JsonObject inner
        ? new JsonObject(inner.Select(part => KeyValuePair.Create(string.Concat(part.Key.Select(c => char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString())), part.Value?.DeepClone())))
        : item.Value?.DeepClone()))).ToJsonString();

    public static string HtmlEscaped(JsonObject answer) => WebUtility.HtmlEncode(Json(answer));

    public static string NamesAndValues(JsonObject answer) => new JsonArray([.. answer.Select(item => new JsonObject { ["name"] = item.Key, ["value"] = item.Value is JsonObject inner
        ? new JsonArray([.. inner.Select(part => new JsonObject { ["name"] = part.Key, ["value"] = part.Value?.DeepClone() })]) : item.Value?.DeepClone() })]).ToJsonString();

    public static string Lines(JsonObject answer) => string.Join('\n', answer.Select(item => new JsonObject { [item.Key] = item.Value?.DeepClone() }.ToJsonString()));

    public static string ListOfSingles(JsonObject answer) => $"[{string.Join(", ", answer.Select(item => new JsonObject { [item.Key] = item.Value?.DeepClone() }.ToJsonString()))}]";

    public static string ValuesWithTypes(JsonObject answer) => new JsonObject(answer.Select(item => KeyValuePair.Create<string, JsonNode?>(item.Key, item.Value is JsonValue ? new JsonObject { ["type"] = "string", ["value"] = item.Value.DeepClone() } : item.Value?.DeepClone()))).ToJsonString();

    public static string CodeAsLines(JsonObject answer) => new JsonObject(answer.Select(item => KeyValuePair.Create<string, JsonNode?>(item.Key, item.Key is "code" or "tests" && Text(item.Value).Length > 0 ? new JsonArray([.. Text(item.Value).Split('\n').Select(line => JsonValue.Create(line))]) : item.Value?.DeepClone()))).ToJsonString();

    public static string TripleQuoted(JsonObject answer) => Object(answer, text => text.Contains('\n', StringComparison.Ordinal) ? $"\"\"\"\n{text}\n\"\"\"" : JsonSerializer.Serialize(text, Plain));

    public static string PythonCall(JsonObject answer) => $"```python\nanswer = {Object(answer, text => text.Contains('\n', StringComparison.Ordinal) ? $"'''{text}'''" : Single(text))}\nprint(json.dumps(answer))\n```";

    public static string Backticks(JsonObject answer) => "const answer = " + Object(answer, text => $"`{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`", name => name) + ";";

    public static string SingleQuoted(JsonObject answer) => Object(answer, Single, Single);

    public static string WithComments(JsonObject answer) => Object(answer, text => JsonSerializer.Serialize(text, Plain) + ", // as asked\n/* more */", last: ",");

    public static string RawLines(JsonObject answer) => Object(answer, text => JsonSerializer.Serialize(text, Plain).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal));

    public static string ToolCall(JsonObject answer) => $"<tool_call>\n{new JsonObject { ["name"] = "answer", ["arguments"] = answer.DeepClone() }.ToJsonString(Plain)}\n</tool_call>";

    public static string Parameters(JsonObject answer) => "<tool_call>\n<function=answer>\n" + string.Concat(answer.Select(item => $"<parameter={item.Key}>\n{(item.Value is JsonValue ? Text(item.Value) : item.Value!.ToJsonString(Plain))}\n</parameter>\n")) + "</function>\n</tool_call>";

    public static string Yaml(JsonObject answer)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in answer)
        {
            text.Append(name).Append(':').Append(value switch
            {
                JsonArray { Count: 0 } => " []\n",
                JsonArray list => "\n" + string.Concat(list.Select(item => $"  - {Text(item)}\n")),
                JsonObject inner => "\n" + string.Concat(inner.Select(item => $"  {item.Key}: {item.Value}\n")),
                _ when Text(value) is var line && !line.Contains('\n', StringComparison.Ordinal) => line.Length == 0 ? " \"\"\n" : $" {line}\n",
                _ => " |\n" + string.Concat(Text(value).Split('\n').Select(line => line.Length == 0 ? "\n" : $"  {line}\n")),
            });
        }

        return text.ToString();
    }

    public static string YamlInFence(JsonObject answer) => $"Here it is.\n\n```yaml\n---\n{Yaml(answer)}```\n";

    public static string Toml(JsonObject answer)
    {
        string Write(JsonNode? value) => value switch
        {
            JsonArray list => $"[{string.Join(", ", list.Select(Write))}]",
            JsonValue item when item.GetValueKind() == JsonValueKind.String => Text(value) is var text && text.Contains('\n', StringComparison.Ordinal) ? $"'''\n{text}'''" : JsonSerializer.Serialize(text, Plain),
            _ => value!.ToJsonString(),
        };
        return string.Concat(answer.Where(item => item.Value is not JsonObject).Select(item => $"{item.Key} = {Write(item.Value)}\n"))
            + string.Concat(answer.Where(item => item.Value is JsonObject).Select(item => $"\n[{item.Key}]\n" + string.Concat(item.Value!.AsObject().Select(part => $"{part.Key} = {Write(part.Value)}\n"))));
    }

    public static string Markdown(JsonObject answer) => string.Join("\n\n", answer.Select(item => $"## {char.ToUpperInvariant(item.Key[0])}{item.Key[1..]}\n\n{Block(item.Key, item.Value)}"));

    public static string Setext(JsonObject answer) => string.Join("\n\n", answer.Select(item => $"{char.ToUpperInvariant(item.Key[0])}{item.Key[1..]}\n-----------\n\n{Block(item.Key, item.Value)}"));

    public static string BoldLabels(JsonObject answer) => string.Join("\n\n", answer.Select(item => $"**{item.Key}:**\n{Block(item.Key, item.Value, "~~~")}"));

    public static string Brackets(JsonObject answer) => string.Join("\n\n", answer.Select(item => $"[{item.Key.ToUpperInvariant()}]\n{Block(item.Key, item.Value)}\n[/{item.Key.ToUpperInvariant()}]"));

    public static string Table(JsonObject answer) => string.Join("\n\n", answer.Select(item => item.Value is JsonObject inner
        ? $"### {item.Key}\n\n| Criterion | Score |\n|---|---|\n" + string.Join('\n', inner.Select(part => $"| {part.Key} | {part.Value} |"))
        : $"### {item.Key}\n\n{Block(item.Key, item.Value)}"));

    public static string Html(JsonObject answer) => "<html><body>\n" + string.Concat(answer.Select(item => $"<h2>{item.Key}</h2>\n{item.Value switch
    {
        JsonArray list => $"<ul>{string.Concat(list.Select(part => $"<li>{WebUtility.HtmlEncode(Text(part))}</li>"))}</ul>",
        JsonObject inner => $"<table><tr><th>Criterion</th><th>Score</th></tr>{string.Concat(inner.Select(part => $"<tr><td>{part.Key}</td><td>{part.Value}</td></tr>"))}</table>",
        _ => item.Key is "code" or "tests" ? $"<pre><code class=\"language-python\">{WebUtility.HtmlEncode(Text(item.Value))}</code></pre>" : $"<p>{WebUtility.HtmlEncode(Text(item.Value))}</p>",
    }}\n")) + "</body></html>";

    public static string Typographic(JsonObject answer) => Object(answer, text => $"\u201C{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\u201D", name => $"\u201C{name}\u201D");

    public static string FencePerField(JsonObject answer) => string.Join("\n\n", answer.Select(item => $"```{item.Key}\n{(item.Value is JsonValue ? Text(item.Value) : Block(item.Key, item.Value))}\n```"));

    public static string Definitions(JsonObject answer) => string.Join("\n", answer.Select(item => item.Value is JsonValue && Text(item.Value).Contains('\n', StringComparison.Ordinal) ? $"* **{item.Key}**:\n\n  ```\n{string.Join('\n', Text(item.Value).Split('\n').Select(line => line.Length == 0 ? "" : "  " + line))}\n  ```\n"
        : item.Value is JsonObject inner ? string.Join('\n', inner.Select(part => $"  * {part.Key} \u2013 {part.Value}/10")) : item.Value is JsonArray list ? $"* **{item.Key}**:\n" + string.Join('\n', list.Select(part => $"  * {Text(part)}")) : $"* **{item.Key}**: {Text(item.Value)}"));

    public static string Xml(JsonObject answer) => "<?xml version=\"1.0\"?>\n<answer>\n" + string.Concat(answer.Select(item => $"  <{item.Key}>{XmlOf(item.Key, item.Value, text => $"<![CDATA[{text}]]>")}</{item.Key}>\n")) + "</answer>";

    public static string EscapedXml(JsonObject answer) => "```xml\n<answer>" + string.Concat(answer.Select(item => $"<{item.Key}>{XmlOf(item.Key, item.Value, text => WebUtility.HtmlEncode(text))}</{item.Key}>")) + "</answer>\n```";

    public static string NamedFields(JsonObject answer) => string.Concat(answer.Select(item => item.Value is JsonObject inner
        ? "<scores " + string.Join(' ', inner.Select(part => $"{part.Key}=\"{part.Value}\"")) + "/>\n"
        : $"<field name=\"{item.Key}\">{XmlOf(item.Key, item.Value, text => text)}</field>\n"));

    /// <summary>The scores of an answer in another form; where it has none, the answer as it is.</summary>
    public static string Scores(JsonObject answer, Func<double, JsonNode?> form) => new JsonObject(answer.Select(item => KeyValuePair.Create(item.Key, item.Value is JsonObject inner
        ? new JsonObject(inner.Select(part => KeyValuePair.Create(part.Key, form(double.Parse(part.Value!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture))))) : item.Value?.DeepClone()))).ToJsonString(Plain);

    public static string FlatScores(JsonObject answer) => new JsonObject(answer.SelectMany(item => item.Value is JsonObject inner ? inner.Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone())) : [KeyValuePair.Create(item.Key, item.Value?.DeepClone())])).ToJsonString(Plain);

    public static string ScoresAsList(JsonObject answer) => new JsonObject(answer.Select(item => KeyValuePair.Create<string, JsonNode?>(item.Key, item.Value is JsonObject inner
        ? new JsonArray([.. inner.Select(part => new JsonObject { ["criterion"] = part.Key, ["score"] = part.Value?.DeepClone(), ["reason"] = "It is." })]) : item.Value?.DeepClone()))).ToJsonString(Plain);

    private static string Block(string name, JsonNode? value, string fence = "```") => value switch
    {
        JsonArray { Count: 0 } => "None",
        JsonArray list => string.Join('\n', list.Select(item => $"- {Text(item)}")),
        JsonObject inner => string.Join('\n', inner.Select(item => $"- {item.Key}: {item.Value}/10")),
        _ => name is "code" or "tests" ? $"{fence}python\n{Text(value)}\n{fence}" : Text(value),
    };

    private static string XmlOf(string name, JsonNode? value, Func<string, string> write) => value switch
    {
        JsonArray list => string.Concat(list.Select(item => $"<{name.TrimEnd('s')}>{write(Text(item))}</{name.TrimEnd('s')}>")),
        JsonObject inner => string.Concat(inner.Select(item => $"\n    <{item.Key}>{item.Value}</{item.Key}>")) + "\n  ",
        _ => write(Text(value)),
    };

    private static string Object(JsonObject answer, Func<string, string> text, Func<string, string>? name = null, string last = "")
    {
        name ??= key => JsonSerializer.Serialize(key);
        return "{\n" + string.Join(",\n", answer.Select(item => $"  {name(item.Key)}: {Write(item.Value)}")) + last + "\n}";

        string Write(JsonNode? value) => value switch
        {
            JsonObject inner => Object(inner, text, name, last),
            JsonArray list => $"[{string.Join(", ", list.Select(Write))}{(list.Count > 0 ? last : "")}]",
            JsonValue item when item.GetValueKind() == JsonValueKind.String => text(Text(value)),
            _ => value!.ToJsonString(),
        };
    }

    private static string Single(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "'";

    private static string Text(JsonNode? value) => value is JsonValue item && item.GetValueKind() == JsonValueKind.String ? item.GetValue<string>() : value?.ToJsonString() ?? "";
}
