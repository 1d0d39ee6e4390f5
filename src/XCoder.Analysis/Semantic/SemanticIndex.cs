using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Semantic;

/// <summary>
/// What is near what in a workspace, over all languages: made once of the stored vectors, kept in a file beside the
/// store, brought up to date when the store changes. Semantic duplicates, calibration, concepts and coverage all read
/// it; other thresholds need no new index.
/// </summary>
public sealed class SemanticIndex
{
    /// <summary>Name of the file within a workspace.</summary>
    public const string FileName = "semantic.index";

    internal SemanticIndex(SemanticNodes nodes, MarginGraph graph, string model) => (Nodes, Graph, Model) = (nodes, graph, model);

    /// <summary>Its nodes.</summary>
    public SemanticNodes Nodes { get; }

    /// <summary>Near pairs of nodes by margin; functions and structures have no pair with one another.</summary>
    public MarginGraph Graph { get; }

    /// <summary>Name of the model whose vectors were compared.</summary>
    public string Model { get; }

    /// <summary>What it was made from: another text for another store, model, length or build.</summary>
    internal string Key { get; private init; } = "";

    /// <summary>The near pairs with what the search for duplicates must know of their nodes.</summary>
    public SemanticCandidates Candidates =>
        field ??= new SemanticCandidates { Graph = Graph, Languages = Nodes.Family, Repositories = Nodes.Repository,
            TextGroups = Nodes.TextGroup, Members = Nodes.Members };

    /// <summary>Reads the index of a workspace, or makes it where there is none for what the store holds now.</summary>
    /// <param name="workspace">The workspace; all of it is embedded with <paramref name="model"/>.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Reads terms for lexical similarity.</param>
    /// <param name="family">Gives the language that a language id is a dialect of, or the id.</param>
    /// <param name="options">Least length of snippets, threads.</param>
    /// <param name="progress">Told what is done and how far it is.</param>
    /// <param name="cancellation">Ends the work; nothing is kept then.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public static SemanticIndex Open(WorkspaceFolder workspace, IEmbeddingModel model, CodeTokenizer tokenizer, Func<string, string> family,
        SemanticIndexOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        options.Validate();
        using var store = workspace.OpenStore();
        if (Read(workspace, store, model, options) is { } known)
        {
            return known;
        }

        var key = KeyOf(store, model, options);
        var built = new SemanticIndexBuilder(workspace, store, model, tokenizer, family, options, progress, cancellation).Build();
        File(workspace).Write(key, built);
        return built.With(key);
    }

    /// <summary>The index that the workspace holds, if it is that of what the store holds now; else null.</summary>
    public static SemanticIndex? Read(WorkspaceFolder workspace, SnippetStore store, IEmbeddingModel model, SemanticIndexOptions options) =>
        KeyOf(store, model, options) is var key ? File(workspace).Read(key)?.With(key) : null;

    private SemanticIndex With(string key) => new(Nodes, Graph, Model) { Key = key };

    /// <summary>Whether the workspace holds the index of what the store holds now.</summary>
    public static bool IsCurrent(WorkspaceFolder workspace, SnippetStore store, IEmbeddingModel model, SemanticIndexOptions options) =>
        File(workspace).Has(KeyOf(store, model, options));

    private static SemanticIndexFile File(WorkspaceFolder workspace) => new(Path.Combine(workspace.Folder, FileName));

    private static string KeyOf(SnippetStore store, IEmbeddingModel model, SemanticIndexOptions options) => HexHash.Key(
        typeof(SemanticIndex).Module.ModuleVersionId.ToString(), store.Generation(), model.Hash,
        options.MinTokens.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>How the semantic index is made.</summary>
public sealed record SemanticIndexOptions
{
    /// <summary>Snippets with fewer tokens are left out. Default 25, as for the other duplicates.</summary>
    public int MinTokens { get; init; } = 25;

    /// <summary>Threads. The index does not depend on it. Default 1.</summary>
    public int Threads { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}
