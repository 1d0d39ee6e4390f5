using XCoder.Agents.Decontamination;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Generation;

/// <summary>What a run by agents reads: a workspace that is embedded, with its concepts.</summary>
internal sealed record AgentWorkspace
{
    /// <summary>The workspace.</summary>
    public required WorkspaceFolder Workspace { get; init; }

    /// <summary>Its store; used by one thread.</summary>
    public required SnippetStore Store { get; init; }

    /// <summary>Its concepts.</summary>
    public required ConceptAnalysis Concepts { get; init; }

    /// <summary>What makes a semantic duplicate: of those one seed at most.</summary>
    public required SemanticOptions Rule { get; init; }

    /// <summary>How the other duplicates are found.</summary>
    public required DuplicateOptions Duplicates { get; init; }

    /// <summary>The embedding model.</summary>
    public required IEmbeddingModel Model { get; init; }

    /// <summary>Reads terms for BM25.</summary>
    public required CodeTokenizer Tokenizer { get; init; }

    /// <summary>The languages.</summary>
    public required LanguageCatalog Catalog { get; init; }

    /// <summary>Which part of the store seeds and context come from.</summary>
    public required StoreSelection Selection { get; init; }

    /// <summary>The toolchains: in what form tests can be run.</summary>
    public ToolchainCatalog Toolchains { get; init; } = ToolchainCatalog.Open();

    /// <summary>Benchmarks that nothing may come from. Default: those that ship.</summary>
    public ContaminationDetector Benchmarks { get; init; } = BenchmarkLibrary.Shipped;
}
