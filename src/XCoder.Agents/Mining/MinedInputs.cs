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

/// <summary>What is mined from, and how.</summary>
internal sealed record MinedInputs
{
    /// <summary>The workspace.</summary>
    public required WorkspaceFolder Workspace { get; init; }

    /// <summary>Its concepts.</summary>
    public required ConceptAnalysis Concepts { get; init; }

    /// <summary>What makes a semantic duplicate.</summary>
    public required SemanticOptions Rule { get; init; }

    /// <summary>Model, threshold and what to expect of it.</summary>
    public required SemanticBasis Basis { get; init; }

    /// <summary>Languages.</summary>
    public required LanguageCatalog Catalog { get; init; }

    /// <summary>Wordings of each task.</summary>
    public required IReadOnlyDictionary<RowTask, IReadOnlyList<Wording>> Wordings { get; init; }

    /// <summary>Licences that may enter rows.</summary>
    public required LicencePolicy Licences { get; init; }

    /// <summary>Finds secrets.</summary>
    public SensitiveTextGuard Guard { get; init; } = new();

    /// <summary>Benchmarks that nothing may come from. Default: those that ship.</summary>
    public ContaminationDetector Benchmarks { get; init; } = BenchmarkLibrary.Shipped;

    /// <summary>Only this repository, or null.</summary>
    public string? Repository { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>The wordings of mined rows: the files <c>mined-TASK-*.yaml</c> of a folder.</summary>
internal static class MinedTemplates
{
    /// <summary>The folder that stands beside the program.</summary>
    public static string DefaultFolder => LibraryFiles.Folder("prompts");

    /// <summary>Reads the wordings of every task, in the order of their file names.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read, or a task has none.</exception>
    public static IReadOnlyDictionary<RowTask, IReadOnlyList<Wording>> Load(string folder) =>
        RowKind.Mined.Tasks.ToDictionary(task => task, task =>
    {
        var pattern = $"mined-{task.ToString().ToLowerInvariant()}-*.yaml";
        var files = (Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : []).Order(StringComparer.Ordinal);
        IReadOnlyList<Wording> wordings =
            [.. files.Select(file => PromptTemplate.Parse(File.ReadAllText(file), file))
                .Select(template => new Wording(template.Name, template.Hash, template.RenderText))];
        return wordings.Count > 0 ? wordings
            : throw new InvalidDataException($"There is no {pattern} in {folder}. Build again, or reinstall the tool.");
    });
}

/// <summary>How an instruction is worded: renders the values of a template.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">Hash of its text.</param>
/// <param name="Render">Makes text of values.</param>
internal sealed record Wording(string Name, string Hash, Func<IReadOnlyDictionary<string, object?>, string> Render);
