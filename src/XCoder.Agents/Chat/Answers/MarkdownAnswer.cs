using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Reads an answer that a model wrote in Markdown, or as lines of settings, in place of JSON: a heading, a label, a row of a table or an
/// element for each field, code in fences or long quotes, lists as lists.
/// </summary>
internal static partial class MarkdownAnswer
{
    private const int MaxLines = 20_000, MaxAside = 400, MaxLabel = 200;

    private static readonly Regex[] Labels = [Element(), Bracket(), Row(), Label()];

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
            && schema.Properties.ContainsKey("code") && Fences.In(other) is [var only])
        {
            answer["code"] = only.Code;
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

    private static (Dictionary<string, List<string>> Parts, string Other) Split(string text, Dictionary<string, SchemaNode> fields)
    {
        var (parts, name, lines, code) = (new Dictionary<string, List<string>>(), "", new List<string>(), "");
        foreach (var raw in Underlined().Replace(text.ReplaceLineEndings("\n"), "## ${title}\n").Split('\n').Take(MaxLines))
        {
            // A label stands at the beginning of its line; the rest of a line may be as long as it likes.
            var head = raw.Length > MaxLabel ? raw[..MaxLabel] : raw;
            var label = code.Length > 0 ? Match.Empty : Mark().IsMatch(raw) ? NamedFence().Match(raw) is { Success: true } named
                && fields.ContainsKey(NameOf(named)) ? named : Match.Empty
                : Labels.Select(form => form.Match(head)).FirstOrDefault(match => match.Success && fields.ContainsKey(NameOf(match)))
                    ?? Match.Empty;
            var rest = label.Success ? RestOf(label, raw) : raw;
            if (label.Success)
            {
                End();
                (name, lines) = (NameOf(label), []);
                rest = BlockOfYaml().Replace(rest, "");
                lines.AddRange(label.Groups["mark"].Success ? [label.Groups["mark"].Value] : []);
                code = label.Groups["mark"].Value;
                if (code.Length > 0)
                {
                    continue;
                }
            }

            code = code.Length == 0 ? MarkOf(rest) : Closes(rest, code) ? "" : code;
            lines.Add(rest);
        }

        End();
        return (parts, string.Join('\n', parts.GetValueOrDefault("", [])));

        void End()
        {
            var part = string.Join('\n', lines).TrimEnd();
            part = part[..^EndOfElement().Match(part[Math.Max(0, part.Length - MaxLabel)..]).Length].Trim('\n', ' ', '\r');
            if (part.Length > 0 || name.Length > 0)
            {
                (parts.TryGetValue(name, out var all) ? all : parts[name] = []).Add(part);
            }
        }
    }

    // What stands behind a label; of a row of a table the next cell.
    private static string RestOf(Match label, string line) => line[(label.Index + label.Length)..] is var rest
        && label.Groups["row"].Success ? rest.Split('|')[0].Trim() : rest;

    private static string NameOf(Match label) => SchemaReader.Plain(label.Groups["name"].Value);

    // A fence is closed by a line of its own, as code may name one; quotes are closed wherever they stand.
    private static bool Closes(string line, string mark) => mark[0] is '`' or '~'
        ? line.AsSpan().Trim() is var fence && fence.StartsWith(mark) && fence.Trim(mark[0]).Length == 0
        : line.Contains(mark, StringComparison.Ordinal);

    // What closes the code that a line opens, or nothing where it opens none.
    private static string MarkOf(string line) => Mark().Match(line) is { Success: true } mark
        && !line.AsSpan(mark.Index + mark.Length).Contains(mark.Groups["mark"].Value, StringComparison.Ordinal)
            ? mark.Groups["mark"].Value : "";

    private static JsonObject Object(SchemaNode node, Dictionary<string, List<string>> parts)
    {
        var result = new JsonObject();
        foreach (var (name, field) in node.Properties)
        {
            var value = parts.TryGetValue(SchemaReader.Plain(name), out var all) ? Value(field, all) : null;
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

    // Of several parts of one name the last counts that says something; items of lists are put together.
    private static JsonNode? Value(SchemaNode field, List<string> parts)
    {
        var said = parts.FindAll(part => part.Length > 0);
        var last = field.Kind switch
        {
            JsonValueKind.Array => string.Join('\n', said),
            JsonValueKind.String when field.Choices.Count == 0 => said.FindLast(part => Fences.In(part).Count > 0) ?? said.LastOrDefault(),
            JsonValueKind.Number => said.FindLast(part =>
                ScoreReader.Read(part.Split('\n')[0], field.Minimum, field.Maximum, field.IsInteger) is not null),
            _ => said.FindLast(part => Value(field, part) is not null),
        };
        return Value(field, last ?? said.FirstOrDefault() ?? "");
    }

    private static JsonNode? Value(SchemaNode field, string part)
    {
        var inside = Fences.In(part) is [var code, ..] && part.Length - code.Length <= MaxAside ? code.Code
            : Quotes().Match(part) is { Success: true } quotes ? quotes.Groups["text"].Value
            : JsonText.TryParse(part, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : part;
        switch (field.Kind)
        {
            case JsonValueKind.String when field.Choices.Count > 0:
                // The one that the text names first, not the first of the schema.
                return field.Choices.Select(choice => (Choice: choice, Match: Regex.Match(part, $@"\b{Regex.Escape(choice)}\b",
                        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)))
                    .Where(found => found.Match.Success).OrderBy(found => found.Match.Index).ThenByDescending(found => found.Choice.Length)
                    .Select(found => found.Choice).FirstOrDefault();
            case JsonValueKind.String:
                return field.MinLength == 0 && Nothing().IsMatch(inside) ? "" : inside.Length == 0 ? null : inside;
            case JsonValueKind.Number:
                return part.Length == 0 ? null : part.Split('\n')[0];
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

    // "## Score", "**Score:** 8", "- Score: 8/10", "Score = 8". What stands behind a label is its rest.
    [GeneratedRegex(@"^\s{0,3}(?>(?:(?<heading>\#)\#{0,5}[ \t]*|[-*+][ \t]+|[0-9]{1,2}[.)][ \t]+)*)(?:(?:\*\*|__|`)?"
        + @"(?<name>[A-Za-z][\w \-/]{0,40}?)(?>[ \t]*)"
        + @"(?:(?:[:=\uFF1A\u2013\u2014])[ \t]*(?:\*\*|__|`)?|(?:\*\*|__|`)[ \t]*[:=\uFF1A\u2013\u2014]?"
        + @"|(?(heading):?(?=[ \t]*$)|(?!))))[ \t]*")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\s{0,3}<(?<name>[A-Za-z][\w-]{0,40})>[ \t]*")]
    private static partial Regex Element();

    // "[Score]", "=== Score ===".
    [GeneratedRegex(@"^\s{0,3}(?:\[(?<name>[A-Za-z][\w \-]{0,40})\]|[=-]{2,}[ ]*(?<name>[A-Za-z][\w \-]{0,40}?)[ ]*[=-]{2,})"
        + @"[ \t]*:?[ \t]*")]
    private static partial Regex Bracket();

    // "| Score | 8 | because |".
    [GeneratedRegex(@"^\s{0,3}(?<row>\|)[ \t]*(?:\*\*|`)?(?<name>[A-Za-z][\w \-/]{0,40}?)(?:\*\*|`)?[ \t]*\|[ \t]*")]
    private static partial Regex Row();

    [GeneratedRegex(@"^(?<title>[A-Za-z][\w \-/]{0,40})\n(?:-{3,}|={3,})[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Underlined();

    [GeneratedRegex(@"(?:</[A-Za-z][\w-]{0,40}>|\[/[A-Za-z][\w -]{0,40}\])\z")]
    private static partial Regex EndOfElement();

    [GeneratedRegex(@"^[ \t]*(?<mark>`{3,}|~{3,}|\x22{3}|'{3})")]
    private static partial Regex Mark();

    // A fence that names a field in place of a language.
    [GeneratedRegex(@"^\s{0,3}(?<mark>`{3,}|~{3,})(?<name>[A-Za-z][\w-]{0,40})[ \t]*$")]
    private static partial Regex NamedFence();

    [GeneratedRegex(@"\A(?<mark>\x22{3}|'{3})\n?(?<text>[\s\S]*?)\n?\k<mark>\s*\z")]
    private static partial Regex Quotes();

    [GeneratedRegex(@"\A[|>][+-]?\s*\z")]
    private static partial Regex BlockOfYaml();

    [GeneratedRegex(@"\b(?:true|false|yes|no)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Flag();

    [GeneratedRegex(@"^[ \t]*(?:[-*+]|[0-9]{1,2}[.)])[ \t]+(?<text>[^\n]+"
        + @"(?:\n(?![ \t]*(?:[-*+]|[0-9]{1,2}[.)])[ \t])[ \t]+[^\n]+)*)", RegexOptions.Multiline)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\W*(?:none|nothing|n/a|-)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Nothing();
}
