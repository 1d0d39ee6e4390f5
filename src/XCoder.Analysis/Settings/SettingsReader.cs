using System.Text.Json;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Settings;

/// <summary>Reads the text of an <c>xcoder.json</c>; <c>xcoder.schema.json</c> describes the same for editors.</summary>
/// <param name="file">Name of the file in messages and rules.</param>
/// <param name="isTrusted">Whether it may set options of the command line.</param>
internal sealed class SettingsReader(string file, bool isTrusted)
{
    // Each rule is compared with each path of the repository, and a file has at most so many, so that no clone makes a search hang.
    private const int MostRules = 1000;
    private const int LongestPattern = 200;
    private const int LongestProblem = 400;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="SettingsException">The content is not JSON, or says what it must not or cannot.</exception>
    public ProjectSettings Read(string path, ReadOnlyMemory<byte> text)
    {
        text = text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            return Read(path, document.RootElement);
        }
        catch (JsonException exception)
        {
            throw Wrong($"this is not JSON at line {exception.LineNumber + 1}");
        }
        catch (InvalidOperationException)
        {
            // The parser looks at the characters of a text only when the text is asked for.
            throw Wrong("a text in it is not valid Unicode");
        }
    }

    private ProjectSettings Read(string path, JsonElement root)
    {
        var (everywhere, rules) = (new PathRule { File = file }, new List<PathRule>());
        var settings = new ProjectSettings { Path = path };
        Each(root, "", new()
        {
            ["$schema"] = _ => { },
            ["minTokens"] = value => everywhere = everywhere with { MinTokens = Tokens(value, "minTokens") },
            ["minSimilarity"] = value => everywhere = everywhere with { MinSimilarity = Similarity(value, "minSimilarity") },
            ["kinds"] = value => everywhere = everywhere with { Kinds = Kinds(value, "kinds") },
            ["formats"] = value => settings = settings with
            {
                Formats = Fields(value, "formats").ToDictionary(static field => field.Name,
                    field => Text(field.Value, $"formats.{field.Name}")),
            },
            ["rules"] = value => rules = [.. Items(value, "rules").Select((rule, i) => Rule(rule, $"rules[{i}]"))],
            ["options"] = value => settings = isTrusted ? settings with
            {
                Options = [.. Fields(value, "options").SelectMany(field => field.Value.ValueKind == JsonValueKind.Object
                    ? Fields(field.Value, $"options.{field.Name}").Select(own => Option(field.Name, own, $"options.{field.Name}"))
                    : [Option(null, field, "options")])],
            } : throw Wrong("options count only in a file given by --config, or in the user's own folder; a repository must not set them"),
        });
        return settings with
        {
            MinTokens = everywhere.MinTokens,
            MinSimilarity = everywhere.MinSimilarity,
            Rules = [.. everywhere == new PathRule { File = file } ? [] : new[] { everywhere }, .. rules],
        };
    }

    private PathRule Rule(JsonElement element, string at)
    {
        var rule = new PathRule { File = file };
        Each(element, at, new()
        {
            ["path"] = value => rule = rule with { Path = Pattern(value, $"{at}.path") },
            ["reason"] = value => rule = rule with { Reason = IgnoreReason.OneLine(Text(value, $"{at}.reason")) },
            ["ignore"] = value => rule = rule with { IsIgnored = value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? value.GetBoolean() : throw Wrong($"{at}.ignore must be true or false") },
            ["minTokens"] = value => rule = rule with { MinTokens = Tokens(value, $"{at}.minTokens") },
            ["minSimilarity"] = value => rule = rule with { MinSimilarity = Similarity(value, $"{at}.minSimilarity") },
            ["kinds"] = value => rule = rule with { Kinds = Kinds(value, $"{at}.kinds") },
        });
        return rule.Path is null ? throw Wrong($"{at} has no path")
            : rule.IsIgnored && string.IsNullOrWhiteSpace(rule.Reason) ? throw Wrong($"{at} ignores {rule.Path} but gives no reason")
            : rule is { IsIgnored: false, MinTokens: null, MinSimilarity: null, Kinds: null }
                ? throw Wrong($"{at} does nothing: it needs ignore, minTokens, minSimilarity or kinds")
            : rule;
    }

    private SettingOption Option(string? command, (string Name, JsonElement Value) field, string at) =>
        new(command, field.Name, Words(field.Value, $"{at}.{field.Name}"));

    private void Each(JsonElement element, string at, Dictionary<string, Action<JsonElement>> known)
    {
        foreach (var (name, value) in Fields(element, at))
        {
            (known.GetValueOrDefault(name) ?? throw Wrong($"there is no setting '{name}'{(at.Length > 0 ? $" in {at}" : "")}."
                + Suggestion.For(name, known.Keys)))(value);
        }
    }

    private IEnumerable<(string Name, JsonElement Value)> Fields(JsonElement element, string at) =>
        element.ValueKind != JsonValueKind.Object ? throw Wrong($"{(at.Length > 0 ? at : "the file")} must be an object")
            : element.EnumerateObject().GroupBy(static field => field.Name).Select(same => same.Count() == 1
                ? (same.Key, same.First().Value) : throw Wrong($"'{same.Key}' stands twice{(at.Length > 0 ? $" in {at}" : "")}"));

    private JsonElement[] Items(JsonElement element, string at) =>
        element.ValueKind != JsonValueKind.Array ? throw Wrong($"{at} must be a list")
        : element.GetArrayLength() > MostRules ? throw Wrong($"{at} has more than {NumberText.Count(MostRules)} entries")
        : [.. element.EnumerateArray()];

    private string Text(JsonElement element, string at) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text
            : throw Wrong($"{at} must be a text");

    private string Pattern(JsonElement element, string at) => Text(element, at) is not { Length: <= LongestPattern } text
        ? throw Wrong($"{at} is longer than {LongestPattern} characters")
        : PathRule.IsPattern(text) ? text : throw Wrong($"{at} must be a pattern as in .gitignore, and not begin with '!' or '#'");

    private int Tokens(JsonElement element, string at) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var tokens) && tokens >= 1 ? tokens
            : throw Wrong($"{at} must be a whole number, 1 or more");

    private double Similarity(JsonElement element, string at) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && value is > 0 and <= 1 ? value
            : throw Wrong($"{at} must be a number above 0, at most 1");

    private DuplicateKind[] Kinds(JsonElement element, string at) => [.. Items(element, at).Select(item => Text(item, at))
        .Select(name => DuplicateRule.Find(name)?.Kind ?? throw Wrong($"{at} has '{name}', which is none of "
            + $"{string.Join(", ", DuplicateRule.All.Select(static rule => rule.Name))}")).Distinct()];

    private string[] Words(JsonElement element, string at) => element.ValueKind == JsonValueKind.Array
        ? [.. Items(element, at).SelectMany(item => Words(item, at))]
        : element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Number => [element.GetRawText()],
            JsonValueKind.True => ["true"],
            JsonValueKind.False => ["false"],
            _ => throw Wrong($"{at} must be a text, a number, true or false, or a list of these"),
        };

    // What is quoted of a file must not fill the terminal.
    private SettingsException Wrong(string problem) => problem.Length > LongestProblem ? new(file, problem[..LongestProblem] + "…")
        : new(file, problem + (problem.EndsWith('?') || problem.EndsWith('.') ? "" : "."));
}
