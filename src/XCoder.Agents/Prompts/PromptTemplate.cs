using HandlebarsDotNet;
using XCoder.Agents.Rows;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace XCoder.Agents.Prompts;

/// <summary>A prompt in Semantic Kernel's YAML schema with a Handlebars template. Values are put in as they are, never read as a template.</summary>
public sealed class PromptTemplate
{
    private const string Handlebars = "handlebars";

    private readonly HandlebarsTemplate<object, object> _template;

    private PromptTemplate(string name, string hash, HandlebarsTemplate<object, object> template) => (Name, Hash, _template) = (name, hash, template);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Hash of its text, 64 hex digits.</summary>
    public string Hash { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="yaml">Text of the file.</param>
    /// <exception cref="InvalidDataException">It is not in the schema, or not for Handlebars.</exception>
    public static PromptTemplate Parse(string yaml)
    {
        try
        {
            var file = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build().Deserialize<PromptFile>(yaml);
            if (file is not { Name.Length: > 0, Template.Length: > 0, TemplateFormat: Handlebars })
            {
                throw new InvalidDataException($"A prompt needs name, template and 'template_format: {Handlebars}'; '{file?.Name}' lacks one of them.");
            }

            var engine = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
            return new PromptTemplate(file.Name, RowId.Hash(yaml), engine.Compile(file.Template.ReplaceLineEndings("\n")));
        }
        catch (Exception exception) when (exception is YamlException or HandlebarsException)
        {
            throw new InvalidDataException($"A prompt cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The text for these values, without blank space at its ends.</summary>
    public string Render(IReadOnlyDictionary<string, object?> values) => _template(values).Trim();
}
