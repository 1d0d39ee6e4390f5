using XCoder.Agents.Rows;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Prompts;

/// <summary>The prompts of a folder, one a <c>.yaml</c> file. Safe for concurrent use.</summary>
public sealed class PromptLibrary
{
    private readonly Dictionary<string, PromptTemplate> _prompts;

    private PromptLibrary(string folder, Dictionary<string, PromptTemplate> prompts) => (Folder, _prompts) = (folder, prompts);

    /// <summary>The folder that stands beside the program.</summary>
    public static string DefaultFolder => LibraryFiles.Folder("prompts");

    /// <summary>Where they were read.</summary>
    public string Folder { get; }

    /// <summary>Their names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. _prompts.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads a folder; what it lacks comes from the folder beside the program.</summary>
    /// <param name="folder">The folder, or null for that beside the program.</param>
    /// <exception cref="PromptException">A file cannot be read, or two have one name.</exception>
    public static PromptLibrary Open(string? folder = null)
    {
        var prompts = Read(DefaultFolder);
        if (folder is not null)
        {
            foreach (var (name, prompt) in Read(folder))
            {
                prompts[name] = prompt;
            }
        }

        return new PromptLibrary(folder ?? DefaultFolder, prompts);
    }

    /// <summary>A prompt by name.</summary>
    /// <exception cref="PromptException">There is none of that name.</exception>
    public PromptTemplate this[string name] =>
        _prompts.TryGetValue(name, out var prompt) ? prompt
            : throw new PromptException(
                $"There is no prompt '{name}' in {Folder} nor in {DefaultFolder}. Build again, or reinstall the tool.");

    /// <summary>A prompt that asks for an answer by a schema.</summary>
    /// <exception cref="PromptException">There is none of that name, or it has no schema.</exception>
    public PromptTemplate Question(string name) =>
        this[name] is { Schema: not null } prompt ? prompt
            : throw new PromptException($"The prompt {name} has no json_schema for its answer.");

    /// <summary>Hash over the prompts whose names are given, 20 hex digits.</summary>
    public string HashOf(params IEnumerable<string> names) =>
        RowId.Hash(names.Order(StringComparer.Ordinal).Select(name => this[name].Hash))[..20];

    private static Dictionary<string, PromptTemplate> Read(string folder)
    {
        try
        {
            var prompts = new Dictionary<string, PromptTemplate>(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
            {
                var prompt = PromptTemplate.Parse(File.ReadAllText(file), file);
                if (!prompts.TryAdd(prompt.Name, prompt))
                {
                    throw new PromptException($"Two prompts in {folder} have the name '{prompt.Name}'; one of them is {file}.");
                }
            }

            return prompts;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PromptException($"The prompts in {folder} cannot be read: {exception.Message}", exception);
        }
    }
}

/// <summary>A prompt file cannot be used. The message says which, why and what to do.</summary>
public sealed class PromptException(string message, Exception? inner = null) : Exception(message, inner);
