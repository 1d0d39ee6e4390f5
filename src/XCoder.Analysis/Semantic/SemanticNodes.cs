namespace XCoder.Analysis.Semantic;

/// <summary>
/// The nodes of the semantic index: one for each distinct code of a language, numbered in the order of repository, path
/// and position, functions first, then structures. Functions are distinct if the model's input differs. Of a structure
/// the model reads only the skeleton, so structures are distinct if their tokens differ.
/// </summary>
public sealed class SemanticNodes
{
    private long[]? _first;

    /// <summary>Language ids that occur among the nodes.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>For each of <see cref="Languages"/> the index of the first of them in the same family: TSX belongs to TypeScript.</summary>
    public required byte[] Families { get; init; }

    /// <summary>Names of the repositories that occur among the nodes.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    /// <summary>For each node the index of its language in <see cref="Languages"/>.</summary>
    public required byte[] Language { get; init; }

    /// <summary>For each node the index of its language's family in <see cref="Languages"/>, which dialects share.</summary>
    public byte[] Family => field ??= Array.ConvertAll(Language, number => Families[number]);

    /// <summary>For each node the index, in <see cref="Repositories"/>, of its first snippet's repository.</summary>
    public required int[] Repository { get; init; }

    /// <summary>Row id of each node's vector.</summary>
    public required long[] Embedding { get; init; }

    /// <summary>The low 64 bits of the hash of each node's tokens.</summary>
    public required ulong[] Content { get; init; }

    /// <summary>Number of nodes that are functions; the nodes after them are structures.</summary>
    public required int Functions { get; init; }

    /// <summary>Row ids of all snippets, ascending.</summary>
    public required long[] Snippets { get; init; }

    /// <summary>Node of each of the <see cref="Snippets"/>.</summary>
    public required int[] NodeOf { get; init; }

    /// <summary>Number of the exact, renamed or near group of each node, or -1. Groups that share a node have the same number.</summary>
    public required int[] TextGroup { get; init; }

    /// <summary>
    /// For each structure, beginning with the node after the <see cref="Functions"/>, the nodes of the functions that
    /// belong to it.
    /// </summary>
    public required int[][] Members { get; init; }

    /// <summary>
    /// Pairs of places that are ports of each other; see <see cref="PortPlaces"/>. A place is a language of a repository: the repository's
    /// number, shifted by 8 bits, and the number of the language's family. The lower place of a pair comes first; the pairs ascend.
    /// </summary>
    public IReadOnlyList<(long A, long B)> Ports { get; internal set; } = [];

    /// <summary>Number of nodes.</summary>
    public int Count => Language.Length;

    /// <summary>Lowest row id among the snippets of a node.</summary>
    public long First(int node)
    {
        if (_first is null)
        {
            var first = new long[Count];
            for (var i = Snippets.Length - 1; i >= 0; i--)
            {
                first[NodeOf[i]] = Snippets[i];
            }

            _first = first;
        }

        return _first[node];
    }

    /// <summary>Node of a snippet, or -1 for a snippet that is too short or not embedded.</summary>
    /// <param name="snippet">Row id.</param>
    public int Find(long snippet) => Array.BinarySearch(Snippets, snippet) is var at and >= 0 ? NodeOf[at] : -1;
}

/// <summary>Properties of a snippet other than its code.</summary>
[Flags]
public enum SnippetMarks : byte
{
    /// <summary>No property.</summary>
    None = 0,

    /// <summary>The snippet has documentation.</summary>
    Documented = 1,

    /// <summary>Test code calls or names the snippet (<c>TestedFunctions</c>).</summary>
    Tested = 2,

    /// <summary>The snippet is test code.</summary>
    Test = 4,
}
