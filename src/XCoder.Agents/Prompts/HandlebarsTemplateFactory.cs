using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet;
using Microsoft.SemanticKernel;

namespace XCoder.Agents.Prompts;

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
    private static readonly IHandlebars Engine = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });

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
                ?? (!variable.IsRequired ? variable.Default ?? "" : throw new ArgumentException($"The prompt {config.Name} needs a value '{variable.Name}'."));
        }

        return [.. _messages.Select(message => new PromptMessage(message.Role, message.Template(values).Trim('\n'))).Where(message => !string.IsNullOrWhiteSpace(message.Text))];
    }

    /// <inheritdoc/>
    public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(PromptMarkup.Write(Render(name => arguments?.GetValueOrDefault(name))));
}
