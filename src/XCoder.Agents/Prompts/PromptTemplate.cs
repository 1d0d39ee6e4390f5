using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using HandlebarsDotNet;
using Microsoft.SemanticKernel;
using XCoder.Agents.Rows;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace XCoder.Agents.Prompts;

/// <summary>
/// A prompt in Semantic Kernel's YAML schema with a Handlebars template, and the kernel function made of it. Values are data,
/// never templates. Safe for concurrent use.
/// </summary>
public sealed partial class PromptTemplate
{
    private const double UsualTemperature = 0.7;
    private const int UsualTokens = 2048;

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithTypeConverter(new SettingsReader()).Build();

    private static readonly HandlebarsTemplateFactory Templates = new();

    private readonly PromptTemplateConfig _config;
    private readonly HandlebarsPrompt _template;
    private readonly Lazy<KernelFunction> _function;

    private PromptTemplate(PromptTemplateConfig config, HandlebarsPrompt template, string text)
    {
        (_config, _template, Name, Hash) = (config, template, config.Name!, RowId.Hash(text));
        if (config.DefaultExecutionSettings is null)
        {
            config.AddExecutionSettings(SettingsReader.Usual);
        }

        var settings = config.DefaultExecutionSettings!.ExtensionData!;
        (Temperature, MaxTokens) = ((double)settings["temperature"], (int)settings["max_tokens"]);
        if (config.OutputVariable?.JsonSchema is { Length: > 0 } schema)
        {
            Schema = new AnswerSchema(Name, schema);
            settings["response_format"] = Schema.Json;
        }

        // The kernel's names hold no hyphens.
        config.Name = OtherThanName().Replace(Name, "_");
        _function = new Lazy<KernelFunction>(() => KernelFunctionFactory.CreateFromPrompt(_template, config));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public string Description => _config.Description ?? "";

    /// <summary>SHA-256 of its file, 64 hex digits.</summary>
    public string Hash { get; }

    /// <summary>Names of the values it takes.</summary>
    public IReadOnlyList<string> Variables => [.. _config.InputVariables.Select(variable => variable.Name)];

    /// <summary>Schema of the answer, or null where it is a text.</summary>
    public AnswerSchema? Schema { get; }

    /// <summary>Sampling temperature, 0 to 2.</summary>
    public double Temperature { get; }

    /// <summary>Most tokens of the answer.</summary>
    public int MaxTokens { get; }

    /// <summary>The prompt as a function of Semantic Kernel, made once; its name has <c>_</c> where the prompt's has a hyphen.</summary>
    public KernelFunction Function => _function.Value;

    /// <summary>Reads a prompt.</summary>
    /// <param name="yaml">Text of the file.</param>
    /// <param name="source">Its path, for messages.</param>
    /// <exception cref="PromptException">It is none.</exception>
    public static PromptTemplate Parse(string yaml, string source)
    {
        try
        {
            var config = Yaml.Deserialize<PromptTemplateConfig>(yaml) ?? throw new PromptException($"The prompt {source} is empty.");
            return !string.IsNullOrEmpty(config.Name) && Templates.TryCreate(config, out var template)
                ? new PromptTemplate(config, (HandlebarsPrompt)template, yaml)
                : throw new PromptException($"The prompt {source} needs a name and template_format: {HandlebarsTemplateFactory.Format}.");
        }
        catch (Exception exception) when (exception is YamlException or ArgumentException or HandlebarsException)
        {
            throw new PromptException($"The prompt {source} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The messages with the values in them; characters that XML forbids are replaced by U+FFFD.</summary>
    /// <param name="values">A value for every required variable; lists and nested values as Handlebars knows them.</param>
    /// <exception cref="ArgumentException">A required value is missing, or one is given that the prompt does not take.</exception>
    public IReadOnlyList<PromptMessage> Render(IReadOnlyDictionary<string, object?> values)
    {
        Check(values);
        return [.. _template.Render(name => values.GetValueOrDefault(name))
            .Select(message => message with { Text = PromptMarkup.Clean(message.Text) })];
    }

    /// <summary>A prompt of one message as text, character by character; values that it does not take are left out.</summary>
    /// <param name="values">A value for every required variable.</param>
    public string RenderText(IReadOnlyDictionary<string, object?> values) =>
        string.Join("\n\n", _template.Render(name => values.GetValueOrDefault(name)).Select(message => message.Text)).Trim();

    /// <exception cref="ArgumentException">A value is given that the prompt does not take.</exception>
    internal void Check(IReadOnlyDictionary<string, object?> values)
    {
        if (values.Keys.FirstOrDefault(key => _config.InputVariables.TrueForAll(variable => variable.Name != key)) is { } unknown)
        {
            throw new ArgumentException($"The prompt {Name} takes no value '{unknown}'.", nameof(values));
        }
    }

    [GeneratedRegex("[^0-9A-Za-z_]")]
    private static partial Regex OtherThanName();

    /// <summary>Reads the settings of a prompt: two numbers.</summary>
    private sealed class SettingsReader : IYamlTypeConverter
    {
        public static PromptExecutionSettings Usual => Of(new Settings());

        public bool Accepts(Type type) => type == typeof(PromptExecutionSettings);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) =>
            Of((Settings)rootDeserializer(typeof(Settings))!);

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => throw new NotSupportedException();

        private static PromptExecutionSettings Of(Settings settings) =>
            new() { ExtensionData = new Dictionary<string, object> { ["temperature"] = settings.Temperature,
                ["max_tokens"] = settings.MaxTokens } };

        private sealed class Settings
        {
            public double Temperature { get; set; } = UsualTemperature;

            public int MaxTokens { get; set; } = UsualTokens;
        }
    }
}

/// <summary>
/// Makes Semantic Kernel's prompt templates of the format <c>handlebars</c>. A template is cut into messages before any value is
/// put into it, and every text is encoded: no value can open or close a message, or act as a template.
/// </summary>
internal sealed class HandlebarsTemplateFactory : IPromptTemplateFactory
{
    /// <summary>The format, as a prompt file names it.</summary>
    public const string Format = "handlebars";

    /// <inheritdoc/>
    /// <exception cref="HandlebarsException">The template is none.</exception>
    public bool TryCreate(PromptTemplateConfig templateConfig, [NotNullWhen(true)] out IPromptTemplate? result)
    {
        result = templateConfig.TemplateFormat == Format ? new HandlebarsPrompt(templateConfig) : null;
        return result is not null;
    }
}

/// <summary>A compiled template. Safe for concurrent use.</summary>
internal sealed class HandlebarsPrompt(PromptTemplateConfig config) : IPromptTemplate
{
    private static readonly IHandlebars Engine =
        Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });

    private readonly List<(string Role, HandlebarsTemplate<object, object> Template)> _messages =
        [.. PromptMarkup.Cut(config.Template).Select(message => (message.Role, Engine.Compile(message.Text.Trim('\n'))))];

    /// <summary>The messages; those that come out blank are left out, and so are values the prompt does not take.</summary>
    /// <exception cref="ArgumentException">A required value is missing.</exception>
    public IReadOnlyList<PromptMessage> Render(Func<string, object?> valueOf)
    {
        var values = new Dictionary<string, object?>();
        foreach (var variable in config.InputVariables)
        {
            values[variable.Name] = valueOf(variable.Name)
                ?? (!variable.IsRequired ? variable.Default ?? ""
                    : throw new ArgumentException($"The prompt {config.Name} needs a value '{variable.Name}'."));
        }

        return [.. _messages.Select(message => new PromptMessage(message.Role, message.Template(values).Trim('\n')))
            .Where(message => !string.IsNullOrWhiteSpace(message.Text))];
    }

    /// <inheritdoc/>
    public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(PromptMarkup.Write(Render(name => arguments?.GetValueOrDefault(name))));
}

/// <summary>A message of a conversation.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">Its text.</param>
public sealed record PromptMessage(string Role, string Text)
{
    /// <summary>What the model is told to be.</summary>
    public const string System = "system";

    /// <summary>What it is asked.</summary>
    public const string User = "user";

    /// <summary>What it answered.</summary>
    public const string Assistant = "assistant";
}
