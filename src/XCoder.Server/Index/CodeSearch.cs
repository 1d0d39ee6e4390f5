using XCoder.Analysis;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Server.Index;

/// <summary>How many results of a search to return, and which may be among them.</summary>
internal sealed record SearchFilter
{
    /// <summary>Most results, 1 or more. Default 8.</summary>
    public int Count { get; init; } = 8;

    /// <summary>Language id of the results; null allows every language.</summary>
    public string? Language { get; init; }

    /// <summary>Name of the repository of the results, which exists; null allows every repository.</summary>
    public string? Repository { get; init; }
}

/// <summary>A result of a search.</summary>
/// <param name="Snippet">The snippet.</param>
/// <param name="Similarity">The value by which results are ranked, in [-1, 1]; 1 for copies.</param>
/// <param name="Copy">Exact or renamed if it is a copy of the code that was given; else null.</param>
internal sealed record FoundCode(Snippet Snippet, double Similarity, DuplicateKind? Copy = null);

/// <summary>
/// All searching of the server. It keeps the model, vectors and terms between calls, and reads them again when the index has
/// changed. Snippets that have no vector yet are left out. For one caller at a time.
/// </summary>
/// <param name="workspace">The workspace; it is only read.</param>
internal sealed class CodeSearch(Workspace workspace) : IDisposable
{
    private IEmbeddingModel? _model;
    private CodeReader? _reader;
    private string? _generation;
    private NeighbourSearch? _search;
    private Workspace.QuestionSession? _questions;
    private ILookup<UInt128, long>? _exact, _renamed;
    private readonly Dictionary<string, HashSet<long>> _ofRepository = [];

    /// <summary>Number of snippets that have no vector yet and so cannot be found.</summary>
    public long Missing { get; private set; }

    /// <summary>
    /// What reads all that the first searches need, in parts between which a server can answer. Throws what the searches throw.
    /// </summary>
    public static IReadOnlyList<Action<CodeSearch, SnippetStore, CancellationToken>> WarmUps { get; } =
    [
        static (search, store, cancellation) => search.ByWords(store, "open file", new SearchFilter { Count = 1 }, cancellation),
        static (search, store, cancellation) => search.BySnippet(store, store.RowIds(StoreSelection.All).FirstOrDefault(),
            new SearchFilter { Count = 1 }, cancellation),
        static (search, store, cancellation) => search.ByCode(store, store.Briefs().First().Language, "x",
            new SearchFilter { Count = 1 }, cancellation),
    ];

    /// <summary>Finds the snippets that fit a question in words, best first.</summary>
    /// <param name="store">The store, of this generation.</param>
    /// <param name="question">The question.</param>
    /// <param name="filter">Number and place of the results.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public IReadOnlyList<FoundCode> ByWords(SnippetStore store, string question, SearchFilter filter, CancellationToken cancellation)
    {
        Follow(store);
        _questions ??= workspace.OpenQuestions(_model!);
        var found = _questions.Find(question, Options(filter.Count) with { Language = filter.Language }, filter.Repository, cancellation);
        return [.. found.Select(static item => new FoundCode(item.Snippet, item.Neighbour.Similarity))];
    }

    /// <summary>Finds the copies of code that is not in the store, then the snippets nearest to it, best first.</summary>
    /// <param name="store">The store, of this generation.</param>
    /// <param name="language">Language id of the code.</param>
    /// <param name="text">The code.</param>
    /// <param name="filter">Number and place of the results.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="RequestException">There is no such language, or the code cannot be parsed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public IReadOnlyList<FoundCode> ByCode(SnippetStore store, string language, string text, SearchFilter filter,
        CancellationToken cancellation)
    {
        Follow(store);
        var known = workspace.Language(language);
        _reader ??= new CodeReader(workspace.Catalog);
        var extracted = _reader.Extract(known, text);
        var input = extracted is null ? null : _reader.Read(known, text);
        if (extracted is null || input is null)
        {
            throw new RequestException("The code could not be parsed: it is nested too deeply, or takes too long.");
        }

        var copies = Copies(store, extracted, text, filter);
        var seen = copies.Select(static copy => copy.Snippet.Id).ToHashSet();
        var search = _search ??= Open(store, cancellation);
        var near = Described(store, Narrow(store, search, filter).Of(input, cancellation));
        return [.. copies.Concat(near.Where(found => !seen.Contains(found.Snippet.Id))).Take(filter.Count)];
    }

    /// <summary>
    /// The language of code that is in no file: the first of those that the parser reads without an error and with a function or a
    /// structure, else the one that it reads with the fewest wrong bytes.
    /// </summary>
    /// <param name="text">The code. Only its begin is looked at.</param>
    /// <param name="languages">Language ids, likely ones first; at least one.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public string Recognise(string text, IEnumerable<string> languages, CancellationToken cancellation)
    {
        const int Most = 4_000;
        _reader ??= new CodeReader(workspace.Catalog);
        text = text.Length <= Most ? text : text[..(text.LastIndexOf('\n', Most) is var end and > 0 ? end : Most)];
        (string? Language, int Wrong) best = (null, int.MaxValue);
        foreach (var language in languages)
        {
            cancellation.ThrowIfCancellationRequested();
            var extracted = _reader.Extract(workspace.Language(language), text);
            var wrong = extracted is null ? int.MaxValue - 1
                : extracted.ErrorBytes + (extracted.HasErrors ? 1 : 0) + (extracted.Snippets.Count == 0 ? text.Length : 0);
            best = wrong < best.Wrong ? (language, wrong) : best;
            if (wrong == 0)
            {
                break;
            }
        }

        return best.Language ?? throw new RequestException("The workspace has no language that code could be in.");
    }

    /// <summary>Finds the snippets nearest to a snippet of the store, best first.</summary>
    /// <param name="store">The store, of this generation.</param>
    /// <param name="row">Row id of the snippet.</param>
    /// <param name="filter">Number and place of the results.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public IReadOnlyList<FoundCode> BySnippet(SnippetStore store, long row, SearchFilter filter, CancellationToken cancellation)
    {
        Follow(store);
        var search = _search ??= Open(store, cancellation);
        return Described(store, [.. Narrow(store, search, filter).Of([row], cancellation).SelectMany(static item => item.Neighbours)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Drop();
        _questions?.Dispose();
        _model?.Dispose();
        _reader?.Dispose();
    }

    // Reads everything again if the index changed. Vectors come after the snippets of a generation, so an index that was not
    // embedded is looked at again.
    private void Follow(SnippetStore store)
    {
        var generation = store.Generation();
        _model ??= workspace.OpenModel();
        var missing = generation == _generation && Missing == 0 ? 0 : Count(store);
        if (generation != _generation || missing != Missing)
        {
            Drop();
            (_generation, Missing) = (generation, missing);
        }
    }

    private long Count(SnippetStore store)
    {
        var counts = store.EmbeddedCounts(store.FindModel(_model!.Hash, _model.Dimension) ?? -1, StoreSelection.All);
        return counts.Snippets - counts.Embedded;
    }

    private NeighbourSearch Open(SnippetStore store, CancellationToken cancellation)
    {
        using var snapshot = store.Snapshot();
        return NeighbourSearch.Open(store, StoreSelection.All, _model!, Workspace.TokenizerOf(_model!), Options(1), workspace.Catalog,
            cancellation);
    }

    private NeighbourOptions Options(int count) => new() { Count = count, Threads = workspace.Options.Threads };

    private NeighbourSearch Narrow(SnippetStore store, NeighbourSearch search, SearchFilter filter)
    {
        var rows = filter.Repository is { } name ? RowsOf(store, name) : null;
        return search.Narrow(Options(filter.Count) with { Language = filter.Language }, rows is null ? null : rows.Contains);
    }

    private HashSet<long> RowsOf(SnippetStore store, string repository)
    {
        if (!_ofRepository.TryGetValue(repository, out var rows))
        {
            _ofRepository[repository] = rows = [.. store.RowIds(StoreSelection.Of(repository))];
        }

        return rows;
    }

    // Of each function in the code, or of the structures if it holds no function.
    private List<FoundCode> Copies(SnippetStore store, ExtractedFile extracted, string text, SearchFilter filter)
    {
        if (_exact is null || _renamed is null)
        {
            var least = new XCoder.Analysis.Duplicates.DuplicateOptions().MinTokens;
            var rows = store.Rows(StoreSelection.All).Where(row => row.Tokens >= least)
                .Select(static row => (row.Row, row.Exact, row.Renamed)).ToList();
            _exact = rows.ToLookup(static row => row.Exact, static row => row.Row);
            _renamed = rows.ToLookup(static row => row.Renamed, static row => row.Row);
        }

        var hashes = TokenHashes.Compute(System.Text.Encoding.UTF8.GetBytes(text), extracted.Tokens, extracted.Layout);
        var functions = extracted.Snippets.Where(static snippet => !snippet.Kind.IsStructure()).ToList();
        var found = new Dictionary<long, DuplicateKind>();
        foreach (var snippet in functions.Count > 0 ? functions : extracted.Snippets)
        {
            foreach (var row in _exact[hashes.ExactHash(snippet.FirstToken, snippet.TokenCount)])
            {
                found[row] = DuplicateKind.Exact;
            }

            foreach (var row in _renamed[hashes.RenamedHash(snippet.FirstToken, snippet.TokenCount)])
            {
                found.TryAdd(row, DuplicateKind.Renamed);
            }
        }

        return [.. store.Snippets(found.Keys)
            .Where(pair => (filter.Language is null || pair.Value.Language == filter.Language)
                && (filter.Repository is null || pair.Value.Repository == filter.Repository))
            .Select(pair => new FoundCode(pair.Value, 1, found[pair.Key]))
            .OrderBy(static copy => copy.Copy).ThenBy(static copy => copy.Snippet.IsTest)
            .ThenBy(static copy => copy.Snippet.Repository, StringComparer.Ordinal)
            .ThenBy(static copy => copy.Snippet.Path, StringComparer.Ordinal).ThenBy(static copy => copy.Snippet.Span.StartByte)
            .Take(filter.Count)];
    }

    private static List<FoundCode> Described(SnippetStore store, IReadOnlyList<Neighbour> found)
    {
        var facts = store.Snippets(found.Select(static neighbour => neighbour.Snippet));
        return [.. found.Where(neighbour => facts.ContainsKey(neighbour.Snippet))
            .Select(neighbour => new FoundCode(facts[neighbour.Snippet], neighbour.Similarity))];
    }

    private void Drop()
    {
        _search?.Dispose();
        _search = null;
        (_exact, _renamed) = (null, null);
        _ofRepository.Clear();
    }
}
