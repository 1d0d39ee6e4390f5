using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Server.Index;

/// <summary>What says that one function calls another, strongest first.</summary>
internal enum CallEvidence
{
    /// <summary>The compiler resolved the call to the function's qualified name. Overloads share it.</summary>
    Symbol,

    /// <summary>The body calls something of the function's name.</summary>
    Name,

    /// <summary>The body names it without parentheses: some languages call so, others hand the function on, or mean a variable.</summary>
    Mention,
}

/// <summary>A call of one function by another.</summary>
/// <param name="Row">Row id of the function at the other end.</param>
/// <param name="Evidence">What says so.</param>
internal readonly record struct CallEdge(long Row, CallEvidence Evidence);

/// <summary>
/// Calls between the functions of a store. Where a compiler resolved them they are those of symbols; elsewhere they are calls of a
/// name, found in the tokens, whatever the type. What stands outside functions is not looked at.
/// </summary>
internal sealed class CallIndex
{
    // Type arguments between a name and its parenthesis have at most this many tokens.
    private const int MostTypeTokens = 24;

    private readonly Dictionary<long, Function> _functions = [];
    private readonly Dictionary<string, List<long>> _named = [];
    private readonly Dictionary<string, List<long>> _symbols = [];
    private readonly Dictionary<ulong, string> _names = [];
    private readonly Dictionary<string, List<long>> _callersOfName = [];
    private readonly Dictionary<string, List<long>> _callersOfSymbol = [];

    /// <summary>Builds the index.</summary>
    /// <param name="snippets">Every snippet of the store.</param>
    /// <param name="resolved">The symbols that each compiled snippet calls, by row id.</param>
    /// <param name="files">Every file that has snippets. Read once, lazily.</param>
    /// <param name="family">Returns the language of which a language id is a dialect, or the id itself.</param>
    /// <param name="threads">Threads to work with.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static CallIndex Build(IEnumerable<SnippetBrief> snippets, IEnumerable<(long Row, IReadOnlyList<string> Calls)> resolved,
        IEnumerable<FileSnippets> files, Func<string, string> family, int threads, CancellationToken cancellation)
    {
        var index = new CallIndex();
        foreach (var snippet in snippets.Where(static snippet => !snippet.Kind.IsStructure()))
        {
            index._functions[snippet.Row] = new Function(snippet.Name, snippet.QualifiedName, string.Intern(snippet.Repository),
                string.Intern(family(snippet.Language)));
            Add(index._named, snippet.Name, snippet.Row);
            index._names[SpanHash.Hash64(Encoding.UTF8.GetBytes(snippet.Name))] = snippet.Name;
        }

        foreach (var (row, calls) in resolved)
        {
            if (index._functions.TryGetValue(row, out var function))
            {
                function.Symbols = calls;
                Add(index._symbols, function.QualifiedName, row);
            }
        }

        foreach (var chunk in files.Chunk(256))
        {
            Parallel.ForEach(chunk, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, index.Read);
        }

        foreach (var (row, function) in index._functions)
        {
            foreach (var symbol in function.Symbols.Distinct())
            {
                Add(index._callersOfSymbol, symbol, row);
            }

            foreach (var name in function.Names.Keys)
            {
                Add(index._callersOfName, name, row);
            }
        }

        return index;
    }

    /// <summary>Whether a function of this bare name is stored.</summary>
    public bool Has(string name) => _named.ContainsKey(name);

    /// <summary>The functions that call a function; first those by symbol, then those nearest to it.</summary>
    /// <param name="row">Row id of the function. A structure has no callers.</param>
    public IReadOnlyList<CallEdge> Callers(long row)
    {
        if (!_functions.TryGetValue(row, out var function))
        {
            return [];
        }

        var found = new Dictionary<long, CallEvidence>();
        if (_symbols.TryGetValue(function.QualifiedName, out var same) && same.Contains(row))
        {
            _callersOfSymbol.GetValueOrDefault(function.QualifiedName, []).ForEach(caller => found[caller] = CallEvidence.Symbol);
        }

        foreach (var caller in _callersOfName.GetValueOrDefault(function.Name, []))
        {
            var other = _functions[caller];
            if (caller != row && IsNear(function, other) && !other.Resolves(function.Name))
            {
                found.TryAdd(caller, other.Names[function.Name]);
            }
        }

        return Ordered(function, found);
    }

    /// <summary>The functions that call something of this bare name.</summary>
    public IReadOnlyList<CallEdge> Callers(string name) =>
        [.. _callersOfName.GetValueOrDefault(name, []).Select(row => new CallEdge(row, _functions[row].Names[name]))
            .OrderBy(static edge => edge.Evidence).ThenBy(static edge => edge.Row)];

    /// <summary>The functions that a function calls. Of several with a name, those nearest to it.</summary>
    /// <param name="row">Row id of the function. A structure calls nothing.</param>
    public IReadOnlyList<CallEdge> Callees(long row)
    {
        if (!_functions.TryGetValue(row, out var function))
        {
            return [];
        }

        var found = new Dictionary<long, CallEvidence>();
        foreach (var callee in function.Symbols.SelectMany(symbol => _symbols.GetValueOrDefault(symbol, [])))
        {
            found[callee] = CallEvidence.Symbol;
        }

        foreach (var (name, evidence) in function.Names.Where(pair => !function.Resolves(pair.Key)))
        {
            var candidates = _named[name].Where(candidate => candidate != row && IsNear(function, _functions[candidate])).ToList();
            var nearest = candidates.Count == 0 ? 0 : candidates.Min(candidate => Distance(function, _functions[candidate]));
            candidates.Where(candidate => Distance(function, _functions[candidate]) == nearest).ToList()
                .ForEach(candidate => found.TryAdd(candidate, evidence));
        }

        return Ordered(function, found);
    }

    private List<CallEdge> Ordered(Function function, Dictionary<long, CallEvidence> found) =>
        [.. found.Select(static pair => new CallEdge(pair.Key, pair.Value)).OrderBy(static edge => edge.Evidence)
            .ThenBy(edge => Distance(function, _functions[edge.Row])).ThenBy(static edge => edge.Row)];

    // Names are shared within a project, and within a language.
    private static bool IsNear(Function one, Function other) => one.Repository == other.Repository || one.Family == other.Family;

    private static int Distance(Function one, Function other) =>
        (one.Repository == other.Repository ? 0 : 2) + (one.Family == other.Family ? 0 : 1);

    private static void Add(Dictionary<string, List<long>> table, string key, long row)
    {
        if (!table.TryGetValue(key, out var rows))
        {
            table[key] = rows = [];
        }

        rows.Add(row);
    }

    // Each token belongs to the innermost snippet around it.
    private void Read(FileSnippets file)
    {
        var (tokens, text) = (file.File.Tokens, file.File.Text);
        var owners = new int[tokens.Count];
        Array.Fill(owners, -1);
        for (var i = 0; i < file.Snippets.Count; i++)
        {
            var snippet = file.Snippets[i];
            var first = Math.Clamp(snippet.FirstToken, 0, owners.Length);
            owners.AsSpan(first, Math.Clamp(snippet.Snippet.Tokens, 0, owners.Length - first)).Fill(i);
        }

        var declared = new bool[file.Snippets.Count];
        for (var i = 0; i < owners.Length; i++)
        {
            if (owners[i] < 0 || tokens.Classes[i] != TokenClass.Identifier
                || !_functions.TryGetValue(file.Snippets[owners[i]].Row, out var function)
                || !_names.TryGetValue(SpanHash.Hash64(tokens.Text(text, i)), out var name))
            {
                continue;
            }

            // The first time that a function has its own name is where it is declared.
            if (name == function.Name && !declared[owners[i]])
            {
                declared[owners[i]] = true;
                continue;
            }

            var evidence = IsCalled(tokens, text, i) ? CallEvidence.Name : CallEvidence.Mention;
            if (!function.Names.TryGetValue(name, out var before) || evidence < before)
            {
                function.Names[name] = evidence;
            }
        }
    }

    // name( and name!( and name<T>( and name::<T>(
    private static bool IsCalled(TokenStream tokens, ReadOnlySpan<byte> text, int name)
    {
        var depth = 0;
        for (var i = name + 1; i < Math.Min(tokens.Count, name + MostTypeTokens); i++)
        {
            var token = tokens.Text(text, i);
            if (token.SequenceEqual("("u8))
            {
                return depth == 0;
            }

            if (token.SequenceEqual("<"u8))
            {
                depth++;
            }
            else if (token.SequenceEqual(">"u8))
            {
                depth--;
            }
            else if (depth <= 0 && !token.SequenceEqual("!"u8) && !token.SequenceEqual("::"u8) && !token.SequenceEqual("?."u8))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A function, what the compiler says that it calls, and the names of functions that its body has.</summary>
    private sealed class Function(string name, string qualifiedName, string repository, string family)
    {
        private HashSet<string>? _resolved;

        public string Name => name;

        public string QualifiedName => qualifiedName;

        public string Repository => repository;

        public string Family => family;

        public IReadOnlyList<string> Symbols { get; set; } = [];

        public Dictionary<string, CallEvidence> Names { get; } = [];

        /// <summary>Whether the compiler says what a name in the body means, so that the name alone says nothing.</summary>
        public bool Resolves(string called) => Symbols.Count > 0
            && (_resolved ??= [.. Symbols.Select(static symbol => symbol[(symbol.LastIndexOf('.') + 1)..])]).Contains(called);
    }
}
