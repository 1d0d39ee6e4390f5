using XCoder.Agents.Mining.Translations;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>
/// The functions that can be mined. Each node of the semantic index counts once, represented by its first usable snippet.
/// </summary>
internal sealed class MinedFunctions
{
    /// <summary>Bits of <see cref="CellNumber"/> that hold the language.</summary>
    public const int LanguageBits = 8;

    private readonly SemanticNodes _nodes;
    private readonly bool[] _isWanted;
    private readonly ulong[] _documentation;
    private readonly long[] _row;
    private readonly long[] _file;
    private readonly (int First, int Tokens)[] _tokens;
    private readonly Dictionary<ulong, int> _overloads = [];
    private readonly Dictionary<ulong, string> _said = [];
    private readonly HashSet<ulong> _shared = [];
    private readonly Dictionary<long, List<int>> _files = [];
    private readonly Dictionary<(int Repository, int Language), List<int>> _cells = [];

    private MinedFunctions(SemanticNodes nodes, bool areTests)
    {
        (_nodes, AreTests) = (nodes, areTests);
        (_isWanted, _documentation, _row, _file, _tokens) = (new bool[nodes.Functions], new ulong[nodes.Functions],
            new long[nodes.Functions], new long[nodes.Functions], new (int, int)[nodes.Functions]);
    }

    /// <summary>Whether these are the tests, instead of all other functions.</summary>
    public bool AreTests { get; }

    public static MinedFunctions Read(SnippetStore store, SemanticNodes nodes, IReadOnlySet<long>? selected, MiningOptions options,
        IDictionary<MinedDrop, long> drops, bool areTests, CancellationToken cancellation)
    {
        var functions = new MinedFunctions(nodes, areTests);
        var unusable = new Dictionary<int, MinedDrop>();
        foreach (var brief in store.Briefs())
        {
            cancellation.ThrowIfCancellationRequested();
            functions.Count(brief);
            if (brief.Kind.IsStructure() || nodes.Find(brief.Row) is not (var node and >= 0) || node >= nodes.Functions
                || (selected is not null && !selected.Contains(brief.Row)))
            {
                continue;
            }

            // Of several copies the first that can be used stands for all; a copy in a test folder takes nothing from the others.
            if (!functions._isWanted[node] && functions.Add(node, brief, options) is { } reason)
            {
                unusable.TryAdd(node, reason);
            }
        }

        // What is no test is no loss among the tests.
        foreach (var (_, reason) in unusable.Where(item => !functions._isWanted[item.Key]
            && !(areTests && item.Value == MinedDrop.Test)))
        {
            drops.Count(reason);
        }

        functions.Sort();
        return functions;
    }

    /// <summary>The functions of each file, in the order of their places.</summary>
    public IEnumerable<IReadOnlyList<int>> ByFile() =>
        _files.Values.Select(file => file.OrderBy(node => _tokens[node].First).ToList());

    public bool IsWanted(int node) => node < _nodes.Functions && _isWanted[node];

    public bool IsDocumented(int node) => _documentation[node] != 0;

    /// <summary>
    /// Whether the file has a function of another name with the same documentation: it is a copy that one of the two outgrew, or says
    /// nothing of what tells them apart. Where one name contains the other's words (<c>read</c>, <c>readAsync</c>), both may be right.
    /// </summary>
    public bool SharesDocumentation(int node) => _shared.Contains(_documentation[node]);

    public (long File, int First, int Tokens) Place(int node) => (_file[node], _tokens[node].First, _tokens[node].Tokens);

    /// <summary>Returns the number of functions with this snippet's qualified name in its file.</summary>
    public int Overloads(SnippetBrief brief) => _overloads.GetValueOrDefault(Key(brief));

    /// <summary>Nodes of the functions that can be mined, ascending.</summary>
    public IEnumerable<int> All => Enumerable.Range(0, _nodes.Functions).Where(node => _isWanted[node]);

    public (int Repository, int Language) Cell(int node) => (_nodes.Repository[node], _nodes.Family[node]);

    /// <summary>The repository and language of a node as one number.</summary>
    public long CellNumber(int node) => ((long)_nodes.Repository[node] << LanguageBits) | _nodes.Family[node];

    /// <summary>The functions' names, by which pairs are found.</summary>
    public NameCandidates Names { get; } = new();

    /// <summary>Returns a number that a node shares only with functions of the same text.</summary>
    public ulong Group(int node) => _nodes.Content[node];

    /// <summary>Returns a number that a node shares only with its exact, renamed and near duplicates.</summary>
    public int Duplicates(int node) => _nodes.TextGroup[node] is var text and >= 0 ? text : int.MaxValue - node;

    /// <summary>Returns the node that a snippet stands for, or -1 where it stands for none that can be mined.</summary>
    public int Find(long row) => _nodes.Find(row) is var node and >= 0 && IsWanted(node) && _row[node] == row ? node : -1;

    public string Language(int node) => _nodes.Languages[_nodes.Family[node]];

    public long Row(int node) => _row[node];

    /// <summary>
    /// Returns other functions of the file, nearest first, then of the same repository and language. Leaves out copies, overlapping
    /// functions and those above the limit of tokens.
    /// </summary>
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
            if (Documentation(brief) is var said and not 0 && !_said.TryAdd(said, brief.Name) && _said[said] != brief.Name)
            {
                var (first, second) = (NameWords.Split(_said[said]).ToHashSet(), NameWords.Split(brief.Name).ToHashSet());
                if (!first.IsSubsetOf(second) && !second.IsSubsetOf(first))
                {
                    _shared.Add(said);
                }
            }
        }
    }

    private static ulong Documentation(SnippetBrief brief) => brief.Documentation is { } text
        ? SpanHash.Spread(SpanHash.Hash64(System.Text.Encoding.UTF8.GetBytes(text)) ^ (ulong)brief.File) | 1 : 0;

    // Counted per file, because types of the same name occur in many files.
    private static ulong Key(SnippetBrief brief) =>
        SpanHash.Spread(SpanHash.Hash64(System.Text.Encoding.UTF8.GetBytes(brief.QualifiedName)) ^ (ulong)brief.File);

    private MinedDrop? Add(int node, SnippetBrief brief, MiningOptions options)
    {
        MinedDrop? reason = brief.IsTest != AreTests ? MinedDrop.Test : brief.HasErrors ? MinedDrop.Errors
            : brief.Tokens < options.LeastTokens ? MinedDrop.Short : brief.Tokens > options.MostTokens ? MinedDrop.Long : null;
        if (reason is null)
        {
            (_isWanted[node], _documentation[node], _row[node], _file[node], _tokens[node]) =
                (true, Documentation(brief), brief.Row, brief.File, (brief.FirstToken, brief.Tokens));
            var scope = NameWords.Split(ScopeName.Of(brief.Name, brief.QualifiedName));
            Names.Add(new NamedFunction(node, CellNumber(node), _nodes.Family[node]), ProfileReader.NameOf(brief, scope), scope);
        }

        return reason;
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
