using System.Text.Json;
using System.Text.RegularExpressions;
using HandlebarsDotNet;
using XCoder.Agents.Rows;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace XCoder.Agents.Prompts;

/// <summary>
/// A prompt in Semantic Kernel's YAML schema with a Handlebars template. The template is cut into messages before anything
/// is put into it: no value can open or close one. Values are data, never templates. Safe for concurrent use.
/// </summary>
public sealed partial class PromptTemplate
{
    private static readonly IHandlebars Engine = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();

    private readonly PromptFile _file;
    private readonly List<(string Role, HandlebarsTemplate<object, object> Template)> _messages;

    private PromptTemplate(PromptFile file, string text, List<(string, HandlebarsTemplate<object, object>)> messages, JsonElement? schema)
    {
        (_file, _messages, Schema, Hash) = (file, messages, schema, RowId.Hash(text));
        var settings = file.ExecutionSettings.GetValueOrDefault("default") ?? new PromptFile.Settings();
        (Temperature, MaxTokens) = (settings.Temperature, settings.MaxTokens);
    }

    /// <summary>Its name.</summary>
    public string Name => _file.Name;

    /// <summary>What it is for.</summary>
    public string Description => _file.Description;

    /// <summary>SHA-256 of its file, 64 hex digits.</summary>
    public string Hash { get; }

    /// <summary>Names of the values it takes.</summary>
    public IReadOnlyList<string> Variables => [.. _file.InputVariables.Select(variable => variable.Name)];

    /// <summary>JSON schema of the answer, or null where it is a text.</summary>
    public JsonElement? Schema { get; }

    /// <summary>Sampling temperature, 0 to 2.</summary>
    public double Temperature { get; }

    /// <summary>Most tokens of the answer.</summary>
    public int MaxTokens { get; }

    /// <summary>Reads a prompt.</summary>
    /// <param name="yaml">Text of the file.</param>
    /// <param name="source">Its path, for messages.</param>
    /// <exception cref="PromptException">It is none.</exception>
    public static PromptTemplate Parse(string yaml, string source)
    {
        try
        {
            var file = Yaml.Deserialize<PromptFile>(yaml) ?? throw new PromptException($"The prompt {source} is empty.");
            if (file.Name.Length == 0 || file.TemplateFormat != "handlebars")
            {
                throw new PromptException($"The prompt {source} needs a name and template_format: handlebars.");
            }

            JsonElement? schema = file.OutputVariable?.JsonSchema is { Length: > 0 } json ? JsonDocument.Parse(json).RootElement : null;
            return new PromptTemplate(file, yaml, [.. Messages(file.Template).Select(message => (message.Role, Engine.Compile(message.Text)))], schema);
        }
        catch (Exception exception) when (exception is YamlException or JsonException or HandlebarsException)
        {
            throw new PromptException($"The prompt {source} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The messages with the values in them.</summary>
    /// <param name="values">A value for every required variable; lists and nested values as Handlebars knows them.</param>
    /// <exception cref="ArgumentException">A required value is missing, or one is given that the prompt does not take.</exception>
    public IReadOnlyList<PromptMessage> Render(IReadOnlyDictionary<string, object?> values)
    {
        if (values.Keys.FirstOrDefault(key => !Variables.Contains(key)) is { } unknown)
        {
            throw new ArgumentException($"The prompt {Name} takes no value '{unknown}'.", nameof(values));
        }

        var all = new Dictionary<string, object?>();
        foreach (var variable in _file.InputVariables)
        {
            all[variable.Name] = values.TryGetValue(variable.Name, out var value) && value is not null ? value
                : !variable.IsRequired ? variable.Default ?? ""
                : throw new ArgumentException($"The prompt {Name} needs a value '{variable.Name}'.", nameof(values));
        }

        return [.. _messages.Select(message => new PromptMessage(message.Role, message.Template(all).Trim('\n')))];
    }

    /// <summary>A prompt of one message as text; values that it does not take are left out.</summary>
    /// <param name="values">A value for every required variable.</param>
    public string RenderText(IReadOnlyDictionary<string, object?> values) =>
        string.Join("\n\n", Render(values.Where(pair => Variables.Contains(pair.Key)).ToDictionary()).Select(message => message.Text)).Trim();

    private static IEnumerable<(string Role, string Text)> Messages(string template)
    {
        var found = MessageTag().Matches(template);
        return found.Count == 0 ? [("user", template)] : found.Select(match => (match.Groups["role"].Value, match.Groups["text"].Value.Trim('\n')));
    }

    [GeneratedRegex("""<message role="(?<role>system|user|assistant)">(?<text>.*?)</message>""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex MessageTag();
}
