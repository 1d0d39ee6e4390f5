using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>The functions that may be mined: one a node of the semantic index, the first of its snippets.</summary>
internal sealed class MinedFunctions
{
    private readonly SemanticNodes _nodes;
    private readonly bool[] _isWanted;
    private readonly bool[] _isDocumented;
    private readonly long[] _file;
    private readonly (int First, int Tokens)[] _tokens;
    private readonly Dictionary<ulong, int> _overloads = [];
    private readonly Dictionary<long, List<int>> _files = [];
    private readonly Dictionary<(int Repository, int Language), List<int>> _cells = [];

    private MinedFunctions(SemanticNodes nodes)
    {
        _nodes = nodes;
        (_isWanted, _isDocumented, _file, _tokens) =
            (new bool[nodes.Functions], new bool[nodes.Functions], new long[nodes.Functions], new (int, int)[nodes.Functions]);
    }

    public static MinedFunctions Read(SnippetStore store, SemanticNodes nodes, IReadOnlySet<long>? selected, MiningOptions options,
        IDictionary<MinedDrop, long> drops, CancellationToken cancellation)
    {
        var functions = new MinedFunctions(nodes);
        var isTest = new HashSet<int>();
        foreach (var brief in store.Briefs())
        {
            cancellation.ThrowIfCancellationRequested();
            functions.Count(brief);
            if (brief.Kind.IsStructure() || nodes.Find(brief.Row) is not (var node and >= 0) || node >= nodes.Functions
                || (selected is not null && !selected.Contains(brief.Row)))
            {
                continue;
            }

            if (brief.IsTest)
            {
                isTest.Add(node);
            }

            if (nodes.First(node) == brief.Row)
            {
                functions.Add(node, brief, options, drops);
            }
        }

        foreach (var node in isTest.Where(node => functions._isWanted[node]))
        {
            functions._isWanted[node] = false; // a copy of it is test code
        }

        functions.Sort();
        return functions;
    }

    public bool IsWanted(int node) => node < _nodes.Functions && _isWanted[node];

    public bool IsDocumented(int node) => _isDocumented[node];

    public (long File, int First, int Tokens) Place(int node) => (_file[node], _tokens[node].First, _tokens[node].Tokens);

    /// <summary>Functions of a snippet's name in its type, repository and language.</summary>
    public int Overloads(SnippetBrief brief) => _overloads.GetValueOrDefault(Key(brief));

    /// <summary>Numbers of the functions that may be mined, ascending.</summary>
    public IEnumerable<int> All => Enumerable.Range(0, _nodes.Functions).Where(node => _isWanted[node]);

    public (int Repository, int Language) Cell(int node) => (_nodes.Repository[node], _nodes.Family[node]);

    /// <summary>A number that a node shares with its copies.</summary>
    public int Group(int node) => _nodes.TextGroup[node] is var text and >= 0 ? text : int.MaxValue - node;

    public string Language(int node) => _nodes.Languages[_nodes.Family[node]];

    public long Row(int node) => _nodes.First(node);

    /// <summary>Number of functions in a function's file that may be mined, itself among them.</summary>
    public int Beside(int node) => _files[Place(node).File].Count;

    /// <summary>Other functions of the same file, else of the same repository and language, nearest first.</summary>
    public IEnumerable<int> Beside(int node, int mostTokens)
    {
        var place = Place(node);
        var same = _files[place.File].OrderBy(other => Math.Abs(_tokens[other].First - place.First));
        var cell = _cells[Cell(node)];
        var at = cell.BinarySearch(node);
        var near = Enumerable.Range(1, Math.Min(cell.Count - 1, 50)).Select(step => cell[(at + step) % cell.Count]);
        return same.Concat(near).Distinct().Where(other => Group(other) != Group(node) && _tokens[other].Tokens <= mostTokens
            && (_file[other] != place.File || _tokens[other].First >= place.First + place.Tokens
                || _tokens[other].First + _tokens[other].Tokens <= place.First));
    }

    private void Count(SnippetBrief brief)
    {
        if (!brief.Kind.IsStructure())
        {
            _overloads[Key(brief)] = _overloads.GetValueOrDefault(Key(brief)) + 1;
        }
    }

    // By file: types of one name stand in many.
    private static ulong Key(SnippetBrief brief) =>
        SpanHash.Spread(SpanHash.Hash64(System.Text.Encoding.UTF8.GetBytes(brief.QualifiedName)) ^ (ulong)brief.File);

    private void Add(int node, SnippetBrief brief, MiningOptions options, IDictionary<MinedDrop, long> drops)
    {
        MinedDrop? reason = brief.IsTest ? MinedDrop.Test : brief.HasErrors ? MinedDrop.Errors : brief.Tokens < options.LeastTokens
            ? MinedDrop.Short : brief.Tokens > options.MostTokens ? MinedDrop.Long : null;
        if (reason is { } drop)
        {
            drops[drop] = (drops.TryGetValue(drop, out var count) ? count : 0) + 1;
            return;
        }

        (_isWanted[node], _isDocumented[node], _file[node], _tokens[node]) =
            (true, brief.Documentation is not null, brief.File, (brief.FirstToken, brief.Tokens));
    }

    private void Sort()
    {
        foreach (var node in All)
        {
            (_files.TryGetValue(_file[node], out var file) ? file : _files[_file[node]] = []).Add(node);
            (_cells.TryGetValue(Cell(node), out var cell) ? cell : _cells[Cell(node)] = []).Add(node);
        }
    }
}
