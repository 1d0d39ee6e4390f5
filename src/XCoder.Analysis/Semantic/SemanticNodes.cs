namespace XCoder.Analysis.Semantic;

/// <summary>
/// The nodes of the semantic index: one a distinct code and language, numbered in the order of repository, path and
/// position: functions first, then structures. Functions are distinct by what the model reads; structures, of which it
/// reads the skeleton alone, by their tokens.
/// </summary>
public sealed class SemanticNodes
{
    private long[]? _first;

    /// <summary>Language ids that occur.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>For each of <see cref="Languages"/> the number of the first that is the same but for dialect: TSX is TypeScript.</summary>
    public required byte[] Families { get; init; }

    /// <summary>Repositories that occur.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    /// <summary>Number of the language of each node in <see cref="Languages"/>.</summary>
    public required byte[] Language { get; init; }

    /// <summary>Number of the language of each node, dialects taken together.</summary>
    public byte[] Family => field ??= Array.ConvertAll(Language, number => Families[number]);

    /// <summary>Number of the repository of each node's first snippet in <see cref="Repositories"/>.</summary>
    public required int[] Repository { get; init; }

    /// <summary>Row id of each node's vector.</summary>
    public required long[] Embedding { get; init; }

    /// <summary>Part of the hash of each node's tokens.</summary>
    public required ulong[] Content { get; init; }

    /// <summary>Number of nodes that are functions; the others are structures.</summary>
    public required int Functions { get; init; }

    /// <summary>Row ids of all snippets, ascending.</summary>
    public required long[] Snippets { get; init; }

    /// <summary>Node of each of <see cref="Snippets"/>.</summary>
    public required int[] NodeOf { get; init; }

    /// <summary>Number of the exact, renamed or near group each node is in, groups that share a node being one; or -1.</summary>
    public required int[] TextGroup { get; init; }

    /// <summary>Functions that belong to each structure, as nodes; of the first structure after <see cref="Functions"/> on.</summary>
    public required int[][] Members { get; init; }

    /// <summary>Number of nodes.</summary>
    public int Count => Language.Length;

    /// <summary>Row id of the snippet of a node that was written first.</summary>
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

    /// <summary>Node of a snippet, or -1 where it has none: too short, or not embedded.</summary>
    /// <param name="snippet">Row id.</param>
    public int Find(long snippet) => Array.BinarySearch(Snippets, snippet) is var at and >= 0 ? NodeOf[at] : -1;
}

/// <summary>What is known of a snippet besides its code.</summary>
[Flags]
public enum SnippetMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It has documentation.</summary>
    Documented = 1,

    /// <summary>Test code calls or names it (<c>TestedFunctions</c>).</summary>
    Tested = 2,

    /// <summary>It is test code.</summary>
    Test = 4,
}
