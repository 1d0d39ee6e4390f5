using XCoder.Agents.Decontamination;
using XCoder.Agents.Licences;
using XCoder.Agents.Redaction;
using XCoder.Agents.Rows;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Languages;
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
