using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Lexical;

namespace XCoder.Analysis.Semantic;

/// <summary>
/// Makes an index for a check from the one that an earlier run stored and the few functions that are new since. It takes ports, groups by
/// text and the margins of earlier pairs from there, has no pairs of structures, and is not stored: what is stored is always made from
/// scratch or from neighbours alone.
/// </summary>
internal static class SemanticUpdate
{
    /// <summary>Makes the index; null where no earlier one serves, because there is none or too much is new.</summary>
    /// <param name="workspace">The workspace, in which every snippet is embedded with <paramref name="model"/>.</param>
    /// <param name="store">Its store.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Reads terms for lexical similarity.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    /// <param name="options">Minimum length of snippets, and threads.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static SemanticIndex? Run(WorkspaceFolder workspace, SnippetStore store, IEmbeddingModel model, CodeTokenizer tokenizer,
        Func<string, string> family, SemanticIndexOptions options, CancellationToken cancellation)
    {
        var known = new NeighbourFile(Path.Combine(workspace.Folder, NeighbourFile.Name), model.Hash).Read(withTerms: true);
        var old = known is null ? null : new SemanticIndexFile(Path.Combine(workspace.Folder, SemanticIndex.FileName)).Read(null);
        if (known is null || old is null || !known.AreOf(old.Nodes) || store.FindModel(model.Hash, model.Dimension) is not { } row)
        {
            return null;
        }

        using var snapshot = store.Snapshot();
        var reader = new SemanticNodeReader(model.Dimension);
        foreach (var snippet in store.EmbeddedSnippets(row, options.MinTokens))
        {
            reader.Add(snippet);
        }

        var nodes = reader.Nodes(family);
        var before = known.Rows(nodes, 0, nodes.Functions);
        if (before.Count(static node => node < 0) > SemanticIndexBuilder.MostNew * before.Length)
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        var neighbours = NeighbourGraphs.Update(known.Functions, before, reader.Functions, nodes.Family.AsMemory(0, nodes.Functions),
            SemanticIndexBuilder.Neighbours with { Threads = options.Threads }, null, cancellation);
        var lexical = LexicalIndex.Build(Terms(store, nodes, before, known.Terms, tokenizer), tokenizer.LexicalTermCount);
        var functions = MarginGraphUpdate.Run(old.Graph, before, neighbours, lexical.Similarity, new MarginOptions());
        for (var node = 0; node < before.Length; node++)
        {
            nodes.TextGroup[node] = before[node] < 0 ? -1 : old.Nodes.TextGroup[before[node]];
        }

        Array.Fill(nodes.Members, []);
        nodes.Ports = Ports(nodes, old.Nodes);
        return new SemanticIndex(nodes, MarginGraph.Join(functions, MarginGraph.Of(nodes.Count - nodes.Functions, [])), model.Name);
    }

    // The terms of new functions are read from their files.
    private static int[][] Terms(SnippetStore store, SemanticNodes nodes, int[] before, int[][] known, CodeTokenizer tokenizer)
    {
        var terms = Array.ConvertAll(before, node => node < 0 ? [] : known[node]);
        var added = Enumerable.Range(0, before.Length).Where(node => before[node] < 0).ToDictionary(nodes.First);
        foreach (var file in store.FilesOf(added.Keys))
        {
            var inputs = new SnippetInputs(file);
            foreach (var snippet in file.Snippets.Where(snippet => added.ContainsKey(snippet.Row)))
            {
                terms[added[snippet.Row]] = tokenizer.LexicalTerms(inputs.Of(snippet));
            }
        }

        return terms;
    }

    // Repositories and languages may be numbered otherwise now.
    private static (long A, long B)[] Ports(SemanticNodes nodes, SemanticNodes old)
    {
        var (repositories, languages) = (nodes.Repositories.ToList(), nodes.Languages.ToList());
        return [.. old.Ports.Select(pair => (A: Place(pair.A), B: Place(pair.B))).Where(static pair => pair is { A: >= 0, B: >= 0 })
            .Select(static pair => (Math.Min(pair.A, pair.B), Math.Max(pair.A, pair.B))).Order()];

        long Place(long place)
        {
            var repository = repositories.IndexOf(old.Repositories[(int)(place >> 8)]);
            var language = languages.IndexOf(old.Languages[(int)(place & byte.MaxValue)]);
            return repository < 0 || language < 0 ? -1 : PortPlaces.Place(repository, nodes.Families[language]);
        }
    }
}
