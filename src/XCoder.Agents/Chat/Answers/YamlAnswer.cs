using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XCoder.Agents.Prompts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Reads an answer that a model wrote as YAML. Values that hold a colon or a number sign are quoted first, because models forget it.
/// </summary>
internal static partial class YamlAnswer
{
    private const int MaxEvents = 10_000, MaxDepth = 16;

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
            var (parser, left) = (new Parser(new StringReader(Quoted(lines))), MaxEvents);
            while (parser.MoveNext() && parser.Current is StreamStart or DocumentStart)
            {
                left--;
            }

            return parser.Current is MappingStart ? JsonSerializer.SerializeToElement(Node(parser, 0, ref left)) : null;
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
            && SchemaReader.FieldOf(schema, member.Groups["name"].Value) is not null);
        return first < 0 ? null : lines[first..];
    }

    /// <summary>
    /// Whether a text ends within a block of text that nothing closes: neither a fence nor the end of a line, as a reply that is cut does.
    /// </summary>
    /// <param name="text">The text of a reply, with the white space at its end.</param>
    public static bool EndsInBlock(string text)
    {
        if (text.Length == 0 || text[^1] == '\n' || OpenFence.EndsInFence(text))
        {
            return false;
        }

        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var indent = Indent(lines[^1]);
        for (var i = lines.Length - 2; i >= 0 && indent > 0; i--)
        {
            if (lines[i].AsSpan().Trim().Length > 0 && Indent(lines[i]) < indent)
            {
                if (Member().Match(lines[i]) is { Success: true } member && Block().IsMatch(member.Groups["value"].Value))
                {
                    return true;
                }

                indent = Indent(lines[i]);
            }
        }

        return false;
    }

    private static int Indent(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;

    private static string Quoted(List<string> lines)
    {
        var (text, block) = (new StringBuilder(), -1);
        foreach (var line in lines)
        {
            var indent = Indent(line);
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

    // From the events, not from a tree: a tree follows every alias and has no limit of depth.
    private static JsonNode? Node(Parser parser, int depth, ref int left)
    {
        if (depth > MaxDepth)
        {
            throw new YamlException("The YAML is too deep.");
        }

        switch (Next(parser, ref left))
        {
            case MappingStart:
                var result = new JsonObject();
                while (parser.Current is not MappingEnd)
                {
                    if (Next(parser, ref left) is not Scalar { Value: var name } || result.ContainsKey(name))
                    {
                        throw new YamlException("A key is no text, or stands twice.");
                    }

                    result[name] = Node(parser, depth + 1, ref left);
                }

                Next(parser, ref left);
                return result;
            case SequenceStart:
                var items = new JsonArray();
                while (parser.Current is not SequenceEnd)
                {
                    items.Add(Node(parser, depth + 1, ref left));
                }

                Next(parser, ref left);
                return items;
            case Scalar { Style: ScalarStyle.Plain, Value: "~" or "null" }:
                return null;
            case Scalar scalar:
                return JsonValue.Create(scalar.Value);
            default:
                throw new YamlException("The YAML holds something other than text, lists and mappings.");
        }
    }

    // The current event; the parser stands at the next one then.
    private static ParsingEvent? Next(Parser parser, ref int left)
    {
        var current = parser.Current;
        return --left >= 0 && (parser.MoveNext() || current is StreamEnd) ? current : throw new YamlException("The YAML holds too much.");
    }

    [GeneratedRegex(@"^[ \t]*```ya?ml[^\n]*\n(?<yaml>[\s\S]*?)\n?(?:^```|\z)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Fence();

    // A block of text, an indented list or a mapping below a name, or a line that begins a document. Markdown seldom has these; where it
    // does, what is read here does not fit the schema, and it is read as Markdown.
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
