using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Analysis.Model;

namespace XCoder.Agents.Mining;

/// <summary>The wordings of mined rows: the files <c>mined-TASK-*.yaml</c> of a folder.</summary>
internal static class MinedTemplates
{
    /// <summary>The folder that stands beside the program.</summary>
    public static string DefaultFolder => LibraryFiles.Folder("prompts");

    /// <summary>Reads the wordings of every task, in the order of their file names.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read, or a task has none.</exception>
    public static IReadOnlyDictionary<RowTask, IReadOnlyList<Wording>> Load(string folder) => RowKind.Mined.Tasks.ToDictionary(task => task, task =>
    {
        var pattern = $"mined-{task.ToString().ToLowerInvariant()}-*.yaml";
        var files = (Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : []).Order(StringComparer.Ordinal);
        IReadOnlyList<Wording> wordings = [.. files.Select(file => PromptTemplate.Parse(File.ReadAllText(file), file)).Select(template => new Wording(template.Name, template.Hash, template.RenderText))];
        return wordings.Count > 0 ? wordings : throw new InvalidDataException($"There is no {pattern} in {folder}. Build again, or reinstall the tool.");
    });
}
