using System.Runtime.InteropServices;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Semantic;

/// <summary>Collects embedded snippets, in the store's order, into nodes and tables of vectors.</summary>
internal sealed class SemanticNodeReader(int dimension)
{
    // Structures are counted from the other end until all are known.
    private readonly Dictionary<(long Embedding, string Language, ulong Content), int>[] _numbers = [[], []];
    private readonly Dictionary<string, byte> _languages = [];
    private readonly Dictionary<string, int> _repositories = [];
    private readonly List<(byte Language, int Repository, long Embedding, ulong Content)>[] _found = [[], []];
    private readonly List<(long Snippet, int Node)> _snippets = [];

    /// <summary>Snippets added.</summary>
    public long Read => _snippets.Count;

    /// <summary>Vectors of the functions, a row a node.</summary>
    public VectorTable Functions { get; private set; } = new(dimension, isHalf: true);

    /// <summary>Vectors of the structures.</summary>
    public VectorTable Structures { get; private set; } = new(dimension, isHalf: true);

    public void Add(EmbeddedSnippet snippet)
    {
        var isStructure = snippet.Kind.IsStructure();
        var content = (ulong)snippet.Exact;
        var found = _found[isStructure ? 1 : 0];
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers[isStructure ? 1 : 0], (snippet.Embedding, snippet.Language, isStructure ? content : 0), out var isKnown);
        if (!isKnown)
        {
            number = isStructure ? ~found.Count : found.Count;
            found.Add((Number(_languages, snippet.Language), Repository(snippet.Repository), snippet.Embedding, content));
            (isStructure ? Structures : Functions).Add(MemoryMarshal.Cast<byte, Half>(snippet.Vector));
        }

        _snippets.Add((snippet.Row, number));
    }

    /// <summary>The nodes; each in a text group of none.</summary>
    /// <param name="family">Gives the language that a language id is a dialect of, or the id.</param>
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

    /// <summary>Lets go of the vectors.</summary>
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
