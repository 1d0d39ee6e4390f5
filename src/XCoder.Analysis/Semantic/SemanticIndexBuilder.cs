using XCoder.Analysis.Duplicates;
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
/// Makes a semantic index: reads the vectors, finds nearest neighbours (of what is new alone, where an earlier run left
/// its own), reads terms, weighs the pairs.
/// </summary>
internal sealed class SemanticIndexBuilder(WorkspaceFolder workspace, SnippetStore store, IEmbeddingModel model, CodeTokenizer tokenizer, Func<string, string> family, SemanticIndexOptions options, IProgress<StageProgress>? progress, CancellationToken cancellation)
{
    private const int FilesAtOnce = 256;

    // With more that is new than this share, all is searched afresh.
    private const double MostNew = 0.25;

    private static readonly NeighbourGraphOptions Neighbours = new() { Neighbours = new MarginOptions().Surroundings, PerLabel = 2, Floor = new MarginOptions().Floor };

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
        snapshot.Dispose();
        var graph = MarginGraph.Join(Weigh(functions, terms.AsSpan(0, nodes.Functions)), Weigh(structures, terms.AsSpan(nodes.Functions)));
        return new SemanticIndex(nodes, graph, model.Name);
    }

    private (NeighbourGraph Functions, NeighbourGraph Structures) Search(SemanticNodes nodes, SemanticNodeReader reader)
    {
        var file = new NeighbourFile(Path.Combine(workspace.Folder, NeighbourFile.Name), model.Hash);
        var old = file.Read();
        var functions = Search("comparing functions", nodes, 0, nodes.Functions, reader.Functions, old?.Functions, old);
        var structures = Search("comparing structures", nodes, nodes.Functions, nodes.Count, reader.Structures, old?.Structures, old);
        file.Write(nodes, functions, structures);
        return (functions, structures);
    }

    private NeighbourGraph Search(string step, SemanticNodes nodes, int from, int to, VectorTable table, NeighbourGraph? old, KnownNeighbours? known)
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

    // Nodes in one group, or in groups that share a node, get one number.
    private void MarkTextGroups(SemanticNodes nodes)
    {
        var groups = nodes.TextGroup;
        var texts = DuplicateAnalysis.Run(workspace, StoreSelection.All, new DuplicateOptions { MinTokens = options.MinTokens, Threads = options.Threads }, cancellation: cancellation);
        foreach (var group in texts.Result.Groups)
        {
            var members = texts.Rows(group).Select(nodes.Find).Where(node => node >= 0).Distinct().ToArray();
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

    // Terms, and members of structures, of one snippet of each node: those of a node read alike.
    private int[][] Terms(SemanticNodes nodes)
    {
        var terms = new int[nodes.Count][];
        var (done, all) = (0L, (long)nodes.Count);
        foreach (var files in store.FilesWithSnippets(StoreSelection.All).Chunk(FilesAtOnce))
        {
            progress?.Report(new StageProgress("reading terms", Math.Min(Interlocked.Read(ref done), all), all));
            Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, file =>
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
                        nodes.Members[node - nodes.Functions] = [.. inputs.MembersOf(snippet).Select(member => nodes.Find(member.Row)).Where(member => member >= 0).Distinct().Order()];
                    }

                    Interlocked.Increment(ref done);
                }
            });
        }

        for (var node = 0; node < terms.Length; node++)
        {
            terms[node] ??= []; // gone meanwhile
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
