using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XCoder.Agents.Prompts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Reads an answer that a model wrote as YAML. Values that hold a colon or a number sign are quoted first, because models forget it.
/// </summary>
internal static partial class YamlAnswer
{
    private const int MaxNodes = 10_000, MaxDepth = 16;

    /// <summary>The mapping that the text holds; null where it holds none, or is more likely Markdown.</summary>
    /// <param name="text">The text of a reply.</param>
    /// <param name="schema">The schema that the answer must fit; its root is an object.</param>
    public static JsonElement? Read(string text, SchemaNode schema)
    {
        var yaml = Fence().Matches(text) is [.., var last] ? last.Groups["yaml"].Value : Sign().IsMatch(text) ? text : null;
        if (schema.Kind != JsonValueKind.Object || yaml is null || Mapping(yaml, schema) is not { } lines)
        {
            return null;
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(Quoted(lines)));
            var left = MaxNodes;
            return stream.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? JsonSerializer.SerializeToElement(Node(root, 0, ref left)) : null;
        }
        catch (Exception exception) when (exception is YamlException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    // From the first line with a field on; a text before it would be read as a part of the mapping.
    private static List<string>? Mapping(string yaml, SchemaNode schema)
    {
        var lines = yaml.ReplaceLineEndings("\n").Split('\n').ToList();
        var first = lines.FindIndex(line => Member().Match(line) is { Success: true } member && member.Groups["indent"].Length == 0
            && schema.Properties.Keys.Any(key => SchemaReader.Plain(key) == SchemaReader.Plain(member.Groups["name"].Value)));
        return first < 0 ? null : lines[first..];
    }

    private static string Quoted(List<string> lines)
    {
        var (text, block) = (new StringBuilder(), -1);
        foreach (var line in lines)
        {
            var indent = line.Length - line.AsSpan().TrimStart(' ').Length;
            if (block >= 0 && (line.AsSpan().Trim().Length == 0 || indent > block))
            {
                text.Append(line).Append('\n');
                continue;
            }

            var member = Member().Match(line);
            block = member.Success && Block().IsMatch(member.Groups["value"].Value) ? indent : -1;
            var value = member.Success ? member.Groups["value"] : Item().Match(line).Groups["value"];
            text.Append(value.Length > 0 && Unquoted().IsMatch(value.Value)
                ? $"{line[..value.Index]}'{value.Value.TrimEnd().Replace("'", "''", StringComparison.Ordinal)}'" : line).Append('\n');
        }

        return text.ToString();
    }

    private static JsonNode? Node(YamlNode node, int depth, ref int left)
    {
        if (--left < 0 || depth > MaxDepth)
        {
            throw new ArgumentException("The YAML holds too much.");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                var result = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    result[key is YamlScalarNode { Value: { } name } ? name : key.ToString()] = Node(value, depth + 1, ref left);
                }

                return result;
            case YamlSequenceNode list:
                var items = new JsonArray();
                foreach (var item in list.Children)
                {
                    items.Add(Node(item, depth + 1, ref left));
                }

                return items;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "~" or "null" }:
                return null;
            default:
                return JsonValue.Create((node as YamlScalarNode)?.Value ?? "");
        }
    }

    [GeneratedRegex(@"```ya?ml[^\n]*\n(?<yaml>[\s\S]*?)\n?(?:^```|\z)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Fence();

    // A block of text, a list or a mapping below a name; Markdown has none of these.
    [GeneratedRegex(@"^---[ \t]*\r?$|^[\w -]{1,40}:[ \t]*[|>][+-]?\d?[+-]?[ \t]*\r?$"
        + @"|^[\w -]{1,40}:[ \t]*\r?\n[ ]{1,8}(?:-[ ]|[\w -]{1,40}:[ ])",
        RegexOptions.Multiline)]
    private static partial Regex Sign();

    [GeneratedRegex(@"^(?<indent>[ ]*)(?:-[ ]+)?[""']?(?<name>[A-Za-z_][\w -]{0,40}?)[""']?[ ]*:(?:[ \t]+(?<value>\S.*))?[ \t]*$")]
    private static partial Regex Member();

    [GeneratedRegex(@"^[ ]*-[ ]+(?<value>\S.*)$")]
    private static partial Regex Item();

    [GeneratedRegex(@"^[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$")]
    private static partial Regex Block();

    // A plain value that YAML would take for something else.
    [GeneratedRegex(@"\A(?![""'|>\[{&*!]).*(?::[ ]|[ ]#|:$)|\A[%@`]|\A\*\*|\A[&!][ ]")]
    private static partial Regex Unquoted();
}
