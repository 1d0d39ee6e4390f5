using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Semantic;

/// <summary>Neighbours that an earlier run found, with what its nodes were.</summary>
internal sealed class KnownNeighbours(string[] languages, long[] embedding, ulong[] content, byte[] language, NeighbourGraph functions, NeighbourGraph structures)
{
    public NeighbourGraph Functions => functions;

    public NeighbourGraph Structures => structures;

    /// <summary>Row of the earlier table for each node of a range, or -1 for what is new.</summary>
    public int[] Rows(SemanticNodes nodes, int from, int to)
    {
        var isFunction = from < nodes.Functions;
        var (first, end) = isFunction ? (0, functions.Count) : (functions.Count, embedding.Length);
        var rows = new Dictionary<(long, string, ulong), int>(end - first);
        for (var node = first; node < end; node++)
        {
            rows[(embedding[node], languages[language[node]], isFunction ? 0 : content[node])] = node - first;
        }

        var result = new int[to - from];
        for (var node = from; node < to; node++)
        {
            result[node - from] = rows.GetValueOrDefault((nodes.Embedding[node], nodes.Languages[nodes.Language[node]], isFunction ? 0 : nodes.Content[node]), -1);
        }

        return result;
    }
}
