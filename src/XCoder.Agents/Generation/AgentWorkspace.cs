using XCoder.Agents.Decontamination;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Generation;

/// <summary>The inputs of a run by agents: an embedded workspace with its concepts.</summary>
internal sealed record AgentWorkspace
{
    /// <summary>The workspace.</summary>
    public required WorkspaceFolder Workspace { get; init; }

    /// <summary>The workspace's store; used by one thread.</summary>
    public required SnippetStore Store { get; init; }

    /// <summary>The workspace's concepts.</summary>
    public required ConceptAnalysis Concepts { get; init; }

    /// <summary>The rule for semantic duplicates; at most one of several duplicates becomes a seed.</summary>
    public required SemanticOptions Rule { get; init; }

    /// <summary>How the other duplicates are found.</summary>
    public required DuplicateOptions Duplicates { get; init; }

    /// <summary>The embedding model.</summary>
    public required IEmbeddingModel Model { get; init; }

    /// <summary>Splits code into terms for BM25.</summary>
    public required CodeTokenizer Tokenizer { get; init; }

    public required LanguageCatalog Catalog { get; init; }

    /// <summary>The part of the store that seeds and context come from.</summary>
    public required StoreSelection Selection { get; init; }

    /// <summary>The toolchains, which say in what form tests can be run.</summary>
    public ToolchainCatalog Toolchains { get; init; } = ToolchainCatalog.Open();

    /// <summary>Benchmarks that seeds, context and rows must not contain. Default: those that ship with the tool.</summary>
    public ContaminationDetector Benchmarks { get => field ?? BenchmarkLibrary.Shipped; init; }
}
