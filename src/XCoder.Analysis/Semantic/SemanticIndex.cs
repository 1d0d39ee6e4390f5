using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Semantic;

/// <summary>
/// The near pairs of a workspace over all languages, with their margins. It is built once from the stored vectors,
/// cached in a file beside the store, and updated when the store changes. Semantic duplicates, calibration, concepts
/// and coverage all read it; changing a threshold needs no new index.
/// </summary>
public sealed class SemanticIndex
{
    /// <summary>Name of the file within a workspace.</summary>
    public const string FileName = "semantic.index";

    internal SemanticIndex(SemanticNodes nodes, MarginGraph graph, string model) => (Nodes, Graph, Model) = (nodes, graph, model);

    /// <summary>The nodes: distinct code of each language.</summary>
    public SemanticNodes Nodes { get; }

    /// <summary>Near pairs of nodes with their margins; a function and a structure are never a pair.</summary>
    public MarginGraph Graph { get; }

    /// <summary>Name of the model whose vectors were compared.</summary>
    public string Model { get; }

    /// <summary>
    /// Identifies the input of the index: it changes with the content of the store, the model, the minimum length and
    /// the build of the program.
    /// </summary>
    internal string Key { get; private init; } = "";

    /// <summary>The near pairs, and the facts about their nodes that the search for duplicates needs.</summary>
    public SemanticCandidates Candidates =>
        field ??= new SemanticCandidates { Graph = Graph, Languages = Nodes.Family, Repositories = Nodes.Repository,
            TextGroups = Nodes.TextGroup, Members = Nodes.Members, Ports = Nodes.Ports.ToHashSet() };

    /// <summary>Reads the index of a workspace, or builds it where none matches the current content of the store.</summary>
    /// <param name="workspace">The workspace, in which every snippet is embedded with <paramref name="model"/>.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Reads terms for lexical similarity.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    /// <param name="textGroups">Finds the exact, renamed and near groups.</param>
    /// <param name="options">Minimum length of snippets, and threads.</param>
    /// <param name="progress">Receives the current step and how far it is.</param>
    /// <param name="cancellation">Cancels the work; no partial result is kept.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    internal static SemanticIndex Open(WorkspaceFolder workspace, IEmbeddingModel model, CodeTokenizer tokenizer,
        Func<string, string> family, TextGroups textGroups, SemanticIndexOptions options, IProgress<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options.Validate();
        using var store = workspace.OpenStore();
        if (Read(workspace, store, model, options) is { } known)
        {
            return known;
        }

        var key = KeyOf(store, model, options);
        var built = new SemanticIndexBuilder(workspace, store, model, tokenizer, family, textGroups, options, progress, cancellation)
            .Build();
        File(workspace).Write(key, built);
        return built.With(key);
    }

    /// <summary>Reads the index of a workspace if it matches the current content of the store; otherwise returns null.</summary>
    public static SemanticIndex? Read(WorkspaceFolder workspace, SnippetStore store, IEmbeddingModel model, SemanticIndexOptions options) =>
        KeyOf(store, model, options) is var key ? File(workspace).Read(key)?.With(key) : null;

    private SemanticIndex With(string key) => new(Nodes, Graph, Model) { Key = key };

    /// <summary>Whether the workspace has an index that matches the current content of the store.</summary>
    public static bool IsCurrent(WorkspaceFolder workspace, SnippetStore store, IEmbeddingModel model, SemanticIndexOptions options) =>
        File(workspace).Has(KeyOf(store, model, options));

    private static SemanticIndexFile File(WorkspaceFolder workspace) => new(Path.Combine(workspace.Folder, FileName));

    private static string KeyOf(SnippetStore store, IEmbeddingModel model, SemanticIndexOptions options) => HexHash.Key(
        typeof(SemanticIndex).Module.ModuleVersionId.ToString(), store.Generation(), model.Hash,
        options.MinTokens.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>Options for building the semantic index.</summary>
public sealed record SemanticIndexOptions
{
    /// <summary>Snippets with fewer tokens are left out. 1 or more; default 25, as for the other duplicates.</summary>
    public int MinTokens { get; init; } = 25;

    /// <summary>Threads to work with, 1 or more; the index does not depend on their number. Default 1.</summary>
    public int Threads { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}

/// <summary>Near pairs of distinct code: the candidates for semantic duplicates.</summary>
public sealed class SemanticCandidates
{
    /// <summary>Near pairs of nodes, with their margins.</summary>
    public required MarginGraph Graph { get; init; }

    /// <summary>Number of each node's language; dialects of one language share it.</summary>
    public required IReadOnlyList<byte> Languages { get; init; }

    /// <summary>Number of each node's repository.</summary>
    public required IReadOnlyList<int> Repositories { get; init; }

    /// <summary>
    /// For each structure, the nodes of its functions. Structures are the last nodes of the graph, in the same order.
    /// </summary>
    public required IReadOnlyList<int[]> Members { get; init; }

    /// <summary>
    /// For each node, the number of its exact, renamed or near group, or -1 if it is in none. Members of such a group are
    /// duplicates by stronger evidence.
    /// </summary>
    public required IReadOnlyList<int> TextGroups { get; init; }

    /// <summary>
    /// Pairs of places, each a language of a repository, that are ports of each other; see <see cref="SemanticNodes.Ports"/>.
    /// </summary>
    public IReadOnlySet<(long A, long B)> Ports { get; init; } = new HashSet<(long, long)>();

    /// <summary>Whether two nodes are in two languages of one project, or of projects that are ports of each other.</summary>
    public bool ArePorts(int a, int b)
    {
        var (left, right) = (PortPlaces.Place(Repositories[a], Languages[a]), PortPlaces.Place(Repositories[b], Languages[b]));
        return Ports.Contains((Math.Min(left, right), Math.Max(left, right)));
    }
}

/// <summary>Finds the exact, renamed and near groups of a workspace, each as the row ids of its snippets.</summary>
internal delegate IEnumerable<IEnumerable<long>> TextGroups(WorkspaceFolder workspace, SemanticIndexOptions options,
    CancellationToken cancellation);
