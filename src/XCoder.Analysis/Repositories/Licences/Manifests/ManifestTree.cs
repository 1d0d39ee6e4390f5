using System.Text.Json;
using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Parsing;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace XCoder.Analysis.Repositories.Licences.Manifests;

/// <summary>
/// JSON, TOML and YAML as one kind of tree: tables (<see cref="Dictionary{TKey, TValue}"/> of lists of values, as a key may stand there
/// twice), lists, strings, and null for all else. Each gives null where the text is broken or nested too deep.
/// </summary>
internal static class ManifestTree
{
    private const int MostDepth = 64;

    // No list of packages is as long; the checks of TOML take seconds for more.
    private const int MostToml = 256 * 1024;

    /// <summary>Parses a text.</summary>
    /// <param name="form"><c>json</c>, <c>toml</c> or <c>yaml</c>.</param>
    /// <param name="text">The text.</param>
    public static Dictionary<string, List<object?>>? Parse(string form, string text) => form switch
    {
        "json" => Json(text),
        "toml" => Toml(text),
        _ => Yaml(text),
    };

    /// <summary>The values of a field.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="path">Keys with <c>></c> between them.</param>
    public static IEnumerable<object?> Values(Dictionary<string, List<object?>> root, string path)
    {
        IEnumerable<object?> found = [root];
        foreach (var key in path.Split('>'))
        {
            found = found.OfType<Dictionary<string, List<object?>>>().SelectMany(table => table.GetValueOrDefault(key) ?? []);
        }

        return found;
    }

    private static Dictionary<string, List<object?>>? Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions
            {
                AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MostDepth,
            });
            return OfJson(document.RootElement) as Dictionary<string, List<object?>>;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static object? OfJson(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(OfJson).ToList();
            case JsonValueKind.Object:
                var table = new Dictionary<string, List<object?>>(StringComparer.Ordinal);
                foreach (var property in element.EnumerateObject())
                {
                    Add(table, property.Name, OfJson(property.Value));
                }

                return table;
            default:
                return null;
        }
    }

    private static Dictionary<string, List<object?>>? Toml(string text)
    {
        try
        {
            // The parser of tables lets a key stand twice; that of the syntax does not.
            var options = new TomlSerializerOptions { MaxDepth = MostDepth };
            return text.Length <= MostToml && TomlSerializer.Deserialize<TomlTable>(text, options) is { } root
                && !SyntaxParser.Parse(text, options, null, validate: true).HasErrors
                ? OfToml(root) as Dictionary<string, List<object?>> : null;
        }
        catch (Exception exception) when (exception is TomlException or FormatException or InvalidOperationException or ArgumentException
            or OverflowException)
        {
            return null;
        }
    }

    private static object? OfToml(object? value)
    {
        switch (value)
        {
            case TomlTable table:
                var read = new Dictionary<string, List<object?>>(StringComparer.Ordinal);
                foreach (var (key, inner) in table)
                {
                    Add(read, key, OfToml(inner));
                }

                return read;
            case TomlTableArray tables:
                return tables.Select(OfToml).ToList();
            case TomlArray array:
                return array.Select(OfToml).ToList();
            default:
                return value as string;
        }
    }

    // By events: nothing of the text decides how deep the calls nest.
    private static Dictionary<string, List<object?>>? Yaml(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            var open = new Stack<(object Node, string? Key)>();
            while (parser.MoveNext())
            {
                object? done = null;
                switch (parser.Current)
                {
                    case MappingStart when open.Count < MostDepth:
                        open.Push((new Dictionary<string, List<object?>>(StringComparer.Ordinal), null));
                        continue;
                    case SequenceStart when open.Count < MostDepth:
                        open.Push((new List<object?>(), null));
                        continue;
                    case MappingStart or SequenceStart:
                        return null;
                    case MappingEnd or SequenceEnd:
                        done = open.Pop().Node;
                        break;
                    case Scalar scalar:
                        done = scalar.Value;
                        break;
                    case AnchorAlias:
                        // What it stands for is not looked up: a table without keys.
                        done = new Dictionary<string, List<object?>>();
                        break;
                    default:
                        continue;
                }

                if (open.Count == 0)
                {
                    // A file of one document, or the first of several.
                    return done as Dictionary<string, List<object?>>;
                }

                Put(open, done);
            }

            return [];
        }
        catch (YamlException)
        {
            return null;
        }
    }

    private static void Put(Stack<(object Node, string? Key)> open, object? value)
    {
        var (node, key) = open.Pop();
        if (node is List<object?> list)
        {
            list.Add(value);
            open.Push((node, null));
            return;
        }

        // Keys and values take turns; a key that is none counts as an empty one.
        if (key is not null)
        {
            Add((Dictionary<string, List<object?>>)node, key, value);
        }

        open.Push((node, key is null ? value as string ?? "" : null));
    }

    private static void Add(Dictionary<string, List<object?>> table, string key, object? value)
    {
        if (!table.TryGetValue(key, out var values))
        {
            table.Add(key, values = []);
        }

        values.Add(value);
    }
}
