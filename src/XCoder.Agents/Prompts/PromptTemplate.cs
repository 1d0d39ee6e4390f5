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
/// A prompt in Semantic Kernel's YAML schema with a Handlebars template, and the kernel function made from it. Values are data and never
/// act as templates. Thread-safe.
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

        // Names of kernel functions may not contain hyphens.
        config.Name = OtherThanName().Replace(Name, "_");
        _function = new Lazy<KernelFunction>(() => KernelFunctionFactory.CreateFromPrompt(_template, config));
    }

    /// <summary>Name of the prompt.</summary>
    public string Name { get; }

    /// <summary>Purpose of the prompt; empty when its file states none.</summary>
    public string Description => _config.Description ?? "";

    /// <summary>SHA-256 of the prompt's file, 64 hex digits.</summary>
    public string Hash { get; }

    /// <summary>Names of the variables that the template uses.</summary>
    public IReadOnlyList<string> Variables => [.. _config.InputVariables.Select(variable => variable.Name)];

    /// <summary>Schema of the answer, or null when the answer is plain text.</summary>
    public AnswerSchema? Schema { get; }

    /// <summary>Sampling temperature, 0 to 2; 0.7 by default.</summary>
    public double Temperature { get; }

    /// <summary>Highest number of tokens in the answer; 2048 by default.</summary>
    public int MaxTokens { get; }

    /// <summary>
    /// The prompt as a kernel function, made on first use. Characters that kernel names forbid, such as hyphens, become <c>_</c> in its
    /// name.
    /// </summary>
    public KernelFunction Function => _function.Value;

    /// <summary>Parses a prompt.</summary>
    /// <param name="yaml">Content of the file.</param>
    /// <param name="source">Path of the file, for messages.</param>
    /// <exception cref="PromptException">The text is not a valid prompt.</exception>
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

    /// <summary>Renders the messages with values. Characters that XML forbids become U+FFFD.</summary>
    /// <param name="values">A value for every required variable; lists and nested values follow Handlebars.</param>
    /// <exception cref="ArgumentException">A required value is missing, or the prompt does not declare a given value.</exception>
    public IReadOnlyList<PromptMessage> Render(IReadOnlyDictionary<string, object?> values)
    {
        Check(values);
        return [.. _template.Render(name => values.GetValueOrDefault(name))
            .Select(message => message with { Text = PromptMarkup.Clean(message.Text) })];
    }

    /// <summary>
    /// Renders the messages as one text, without replacing any character. Ignores values that the prompt does not declare.
    /// </summary>
    /// <param name="values">A value for every required variable.</param>
    public string RenderText(IReadOnlyDictionary<string, object?> values) =>
        string.Join("\n\n", _template.Render(name => values.GetValueOrDefault(name)).Select(message => message.Text)).Trim();

    /// <exception cref="ArgumentException">The prompt does not declare a given value.</exception>
    internal void Check(IReadOnlyDictionary<string, object?> values)
    {
        if (values.Keys.FirstOrDefault(key => _config.InputVariables.TrueForAll(variable => variable.Name != key)) is { } unknown)
        {
            throw new ArgumentException($"The prompt {Name} takes no value '{unknown}'.", nameof(values));
        }
    }

    [GeneratedRegex("[^0-9A-Za-z_]")]
    private static partial Regex OtherThanName();

    /// <summary>Reads the two settings of a prompt: temperature and token limit.</summary>
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
/// Makes Semantic Kernel's prompt templates of the format <c>handlebars</c>. Splits a template into messages before it inserts values and
/// encodes every text, so no value can open or close a message or act as a template.
/// </summary>
internal sealed class HandlebarsTemplateFactory : IPromptTemplateFactory
{
    /// <summary>Name of the format in prompt files.</summary>
    public const string Format = "handlebars";

    /// <inheritdoc/>
    /// <exception cref="HandlebarsException">The template is invalid.</exception>
    public bool TryCreate(PromptTemplateConfig templateConfig, [NotNullWhen(true)] out IPromptTemplate? result)
    {
        result = templateConfig.TemplateFormat == Format ? new HandlebarsPrompt(templateConfig) : null;
        return result is not null;
    }
}

/// <summary>A compiled template. Thread-safe.</summary>
internal sealed class HandlebarsPrompt(PromptTemplateConfig config) : IPromptTemplate
{
    private static readonly IHandlebars Engine =
        Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });

    private readonly List<(string Role, HandlebarsTemplate<object, object> Template)> _messages =
        [.. PromptMarkup.Cut(config.Template).Select(message => (message.Role, Engine.Compile(message.Text.Trim('\n'))))];

    /// <summary>Renders the messages and leaves out blank ones. Values that the prompt does not declare are ignored.</summary>
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
/// <param name="Text">Text of the message.</param>
public sealed record PromptMessage(string Role, string Text)
{
    /// <summary>Role of the instructions that describe the model's part.</summary>
    public const string System = "system";

    /// <summary>Role of questions to the model.</summary>
    public const string User = "user";

    /// <summary>Role of the model's answers.</summary>
    public const string Assistant = "assistant";
}
