using XCoder.Agents.Decontamination;
using XCoder.Agents.Licences;
using XCoder.Agents.Prompts;
using XCoder.Agents.Redaction;
using XCoder.Agents.Rows;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining;

/// <summary>The inputs of a mining run.</summary>
internal sealed record MinedInputs
{
    /// <summary>The workspace to mine.</summary>
    public required WorkspaceFolder Workspace { get; init; }

    /// <summary>The workspace's concepts.</summary>
    public required ConceptAnalysis Concepts { get; init; }

    /// <summary>The rule that decides which pairs are semantic duplicates.</summary>
    public required SemanticOptions Rule { get; init; }

    /// <summary>The embedding model, its threshold and the precision to expect.</summary>
    public required SemanticBasis Basis { get; init; }

    public required LanguageCatalog Catalog { get; init; }

    /// <summary>The wordings of each task.</summary>
    public required IReadOnlyDictionary<RowTask, IReadOnlyList<Wording>> Wordings { get; init; }

    /// <summary>Licences that may enter rows.</summary>
    public required LicencePolicy Licences { get; init; }

    /// <summary>Finds secrets and personal data.</summary>
    public SensitiveTextGuard Guard { get; init; } = new();

    /// <summary>Benchmarks that rows must not contain. Default: those that ship with the tool.</summary>
    public ContaminationDetector Benchmarks { get => field ?? BenchmarkLibrary.Shipped; init; }

    /// <summary>Name of the only repository to mine, or null for all.</summary>
    public string? Repository { get; init; }

    /// <summary>The clock for timestamps; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Loads the wordings of mined rows from the files <c>mined-TASK-*.yaml</c> of a folder.</summary>
internal static class MinedTemplates
{
    /// <summary>The folder of prompts that ships with the program.</summary>
    public static string DefaultFolder => LibraryFiles.Folder("prompts");

    /// <summary>Loads the wordings of every task, in the order of their file names.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read, or a task has no wording.</exception>
    public static IReadOnlyDictionary<RowTask, IReadOnlyList<Wording>> Load(string folder) =>
        RowKind.Mined.Tasks.ToDictionary(task => task, task =>
    {
        var pattern = $"mined-{RowNames.Of(task).Replace(' ', '-')}-*.yaml";
        var files = (Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : []).Order(StringComparer.Ordinal);
        IReadOnlyList<Wording> wordings =
            [.. files.Select(file => PromptTemplate.Parse(File.ReadAllText(file), file))
                .Select(template => new Wording(template.Name, template.Hash, template.RenderText))];
        return wordings.Count > 0 ? wordings
            : throw new InvalidDataException($"There is no {pattern} in {folder}. Build again, or reinstall the tool.");
    });
}

/// <summary>One wording of an instruction.</summary>
/// <param name="Name">Name of the template.</param>
/// <param name="Hash">Hash of the template's file.</param>
/// <param name="Render">Renders the template with values.</param>
internal sealed record Wording(string Name, string Hash, Func<IReadOnlyDictionary<string, object?>, string> Render);
