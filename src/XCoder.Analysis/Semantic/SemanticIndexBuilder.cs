using System.Runtime.InteropServices;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Lexical;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Semantic;

/// <summary>
/// Builds a semantic index. It reads the vectors and finds nearest neighbours, only for new nodes where an earlier run
/// stored its own; then it reads terms and weighs the pairs.
/// </summary>
internal sealed class SemanticIndexBuilder(WorkspaceFolder workspace, SnippetStore store, IEmbeddingModel model, CodeTokenizer tokenizer,
    Func<string, string> family, TextGroups textGroups, SemanticIndexOptions options, IProgress<StageProgress>? progress,
    CancellationToken cancellation)
{
    private const int FilesAtOnce = 256;

    // If a greater share of the nodes is new, searching everything again is cheaper than updating.
    internal const double MostNew = 0.25;

    internal static readonly NeighbourGraphOptions Neighbours = new() { Neighbours = new MarginOptions().Surroundings, PerLabel = 2,
        Floor = new MarginOptions().Floor };

    private NeighbourFile Stored => new(Path.Combine(workspace.Folder, NeighbourFile.Name), model.Hash);

    public SemanticIndex Build()
    {
        using var snapshot = store.Snapshot();
        var reader = new SemanticNodeReader(model.Dimension);
        var id = store.FindModel(model.Hash, model.Dimension);
        var all = id is { } known ? store.EmbeddedCounts(known, StoreSelection.All).Embedded : 0;
        if (id is { } row)
        {
            foreach (var snippet in store.EmbeddedSnippets(row, options.MinTokens))
            {
                if ((reader.Read & 4095) == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    progress?.Report(new StageProgress("reading vectors", reader.Read, all));
                }

                reader.Add(snippet);
            }
        }

        var nodes = reader.Nodes(family);
        var (functions, structures) = Search(nodes, reader);
        reader.Forget();
        progress?.Report(new StageProgress("finding duplicates by text", 0, 0));
        MarkTextGroups(nodes);
        var terms = Terms(nodes);
        Stored.Write(nodes, functions, structures, terms.AsMemory(0, nodes.Functions));
        var named = PortPlaces.ByNames(nodes, store.Names().Where(static snippet => !snippet.IsTest)
            .Select(static snippet => (snippet.Row, snippet.Name)));
        snapshot.Dispose();
        var graph = MarginGraph.Join(Weigh(functions, terms.AsSpan(0, nodes.Functions)), Weigh(structures, terms.AsSpan(nodes.Functions)));
        nodes.Ports = [.. PortPlaces.ByMargins(nodes, graph).Union(named).Order()];
        return new SemanticIndex(nodes, graph, model.Name);
    }

    private (NeighbourGraph Functions, NeighbourGraph Structures) Search(SemanticNodes nodes, SemanticNodeReader reader)
    {
        var old = Stored.Read();
        var functions = Search("comparing functions", nodes, 0, nodes.Functions, reader.Functions, old?.Functions, old);
        var structures = Search("comparing structures", nodes, nodes.Functions, nodes.Count, reader.Structures, old?.Structures, old);
        return (functions, structures);
    }

    private NeighbourGraph Search(string step, SemanticNodes nodes, int from, int to, VectorTable table, NeighbourGraph? old,
        KnownNeighbours? known)
    {
        var labels = nodes.Family.AsMemory(from, to - from);
        var told = progress is null ? null : new StageCount(step, progress);
        var settings = Neighbours with { Threads = options.Threads };
        if (old is not null)
        {
            var rows = known!.Rows(nodes, from, to);
            if (rows.Count(row => row < 0) <= MostNew * rows.Length)
            {
                return NeighbourGraphs.Update(old, rows, table, labels, settings, told, cancellation);
            }
        }

        return NeighbourGraphs.Build(table, labels, settings, told, cancellation);
    }

    // Nodes in one group, or in groups that share a node, get the same number (union-find).
    private void MarkTextGroups(SemanticNodes nodes)
    {
        var groups = nodes.TextGroup;
        foreach (var group in textGroups(workspace, options, cancellation))
        {
            var members = group.Select(nodes.Find).Where(node => node >= 0).Distinct().ToArray();
            for (var i = 0; i < members.Length && members.Length > 1; i++)
            {
                var (a, b) = (Root(members[0]), Root(members[i]));
                groups[Math.Max(a, b)] = Math.Min(a, b);
            }
        }

        for (var node = 0; node < groups.Length; node++)
        {
            groups[node] = groups[node] < 0 ? -1 : Root(node);
        }

        int Root(int node)
        {
            for (groups[node] = groups[node] < 0 ? node : groups[node]; groups[node] != node; node = groups[node])
            {
                groups[node] = groups[groups[node]];
            }

            return node;
        }
    }

    // Reads the terms, and the members of structures, of one snippet per node, because the snippets of a node have the
    // same text for the model.
    private int[][] Terms(SemanticNodes nodes)
    {
        var terms = new int[nodes.Count][];
        var (done, all) = (0L, (long)nodes.Count);
        foreach (var files in store.FilesWithSnippets(StoreSelection.All).Chunk(FilesAtOnce))
        {
            progress?.Report(new StageProgress("reading terms", Math.Min(Interlocked.Read(ref done), all), all));
            Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
                file =>
            {
                var inputs = new SnippetInputs(file);
                foreach (var snippet in file.Snippets)
                {
                    if (nodes.Find(snippet.Row) is not (var node and >= 0) || nodes.First(node) != snippet.Row)
                    {
                        continue;
                    }

                    terms[node] = tokenizer.LexicalTerms(inputs.Of(snippet));
                    if (node >= nodes.Functions)
                    {
                        nodes.Members[node - nodes.Functions] = [.. inputs.MembersOf(snippet).Select(member => nodes.Find(member.Row))
                            .Where(member => member >= 0).Distinct().Order()];
                    }

                    Interlocked.Increment(ref done);
                }
            });
        }

        for (var node = 0; node < terms.Length; node++)
        {
            terms[node] ??= []; // removed from the store meanwhile
            if (node >= nodes.Functions)
            {
                nodes.Members[node - nodes.Functions] ??= [];
            }
        }

        return terms;
    }

    private MarginGraph Weigh(NeighbourGraph neighbours, ReadOnlySpan<int[]> terms)
    {
        progress?.Report(new StageProgress("weighing pairs", 0, neighbours.Count));
        var lexical = LexicalIndex.Build(terms.ToArray(), tokenizer.LexicalTermCount);
        return MarginGraphBuilder.Build(neighbours, lexical.Similarity, new MarginOptions { Threads = options.Threads }, cancellation);
    }
}

/// <summary>Collects embedded snippets, in the store's order, into nodes and tables of vectors.</summary>
internal sealed class SemanticNodeReader(int dimension)
{
    // Structures are numbered by complements (~0, ~1, …) until the number of functions is known.
    private readonly Dictionary<(long Embedding, string Language, ulong Content), int>[] _numbers = [[], []];
    private readonly Dictionary<string, byte> _languages = [];
    private readonly Dictionary<string, int> _repositories = [];
    private readonly List<(byte Language, int Repository, long Embedding, ulong Content)>[] _found = [[], []];
    private readonly List<(long Snippet, int Node)> _snippets = [];

    /// <summary>Number of snippets added.</summary>
    public long Read => _snippets.Count;

    /// <summary>Vectors of the functions, one row per node.</summary>
    public VectorTable Functions { get; private set; } = new(dimension, isHalf: true);

    /// <summary>Vectors of the structures, one row per node.</summary>
    public VectorTable Structures { get; private set; } = new(dimension, isHalf: true);

    public void Add(EmbeddedSnippet snippet)
    {
        var isStructure = snippet.Kind.IsStructure();
        var content = (ulong)snippet.Exact;
        var found = _found[isStructure ? 1 : 0];
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers[isStructure ? 1 : 0],
            (snippet.Embedding, snippet.Language, isStructure ? content : 0), out var isKnown);
        if (!isKnown)
        {
            number = isStructure ? ~found.Count : found.Count;
            found.Add((Number(_languages, snippet.Language), Repository(snippet.Repository), snippet.Embedding, content));
            (isStructure ? Structures : Functions).Add(MemoryMarshal.Cast<byte, Half>(snippet.Vector));
        }

        _snippets.Add((snippet.Row, number));
    }

    /// <summary>Returns the nodes, none of them in a text group yet.</summary>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    public SemanticNodes Nodes(Func<string, string> family)
    {
        _snippets.Sort(static (a, b) => a.Snippet.CompareTo(b.Snippet));
        var functions = _found[0].Count;
        List<(byte Language, int Repository, long Embedding, ulong Content)> all = [.. _found[0], .. _found[1]];
        string[] languages = [.. _languages.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        return new SemanticNodes
        {
            Languages = languages,
            Families = [.. languages.Select(language => (byte)Array.FindIndex(languages, other => family(other) == family(language)))],
            Repositories = [.. _repositories.OrderBy(pair => pair.Value).Select(pair => pair.Key)],
            Language = [.. all.Select(node => node.Language)],
            Repository = [.. all.Select(node => node.Repository)],
            Embedding = [.. all.Select(node => node.Embedding)],
            Content = [.. all.Select(node => node.Content)],
            Functions = functions,
            Members = new int[all.Count - functions][],
            TextGroup = [.. Enumerable.Repeat(-1, all.Count)],
            Snippets = [.. _snippets.Select(snippet => snippet.Snippet)],
            NodeOf = [.. _snippets.Select(snippet => snippet.Node >= 0 ? snippet.Node : functions + ~snippet.Node)],
        };
    }

    /// <summary>Releases the memory of the vectors.</summary>
    public void Forget() => (Functions, Structures) = (new VectorTable(dimension), new VectorTable(dimension));

    private int Repository(string name)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_repositories, name, out var isKnown);
        return isKnown ? number : number = _repositories.Count - 1;
    }

    private static byte Number(Dictionary<string, byte> numbers, string name)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, name, out var isKnown);
        return isKnown ? number : number = checked((byte)(numbers.Count - 1));
    }
}
