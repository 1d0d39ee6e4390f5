using System.Runtime.InteropServices;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Lexical;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Semantic;

/// <summary>
/// Finds the nearest snippets by cosine, combined with BM25 over the default model's terms and reduced by hubness.
/// Functions are compared with functions and structures with structures. Snippets that enclose the query or lie within
/// it are not its neighbours. Ranking uses only code, never a file name or folder.
/// </summary>
internal sealed class NeighbourSearch : IDisposable
{
    private const int BlockQueries = 1024;

    // Candidates whose hubness is computed; those ranked behind them are too far to reach the front.
    private const int LeastContenders = 100;

    private readonly IEmbeddingModel _model;
    private readonly CodeTokenizer _tokenizer;
    private readonly NeighbourOptions _options;
    private readonly LanguageCatalog _catalog;
    private readonly float _lexicalWeight;
    private readonly VectorTable _table;
    private readonly Entry[] _entries;
    private readonly Dictionary<long, int> _rows;
    private readonly int[][] _terms;
    private readonly LexicalIndex _lexical;
    private readonly IVectorSearch _search;
    private readonly Dictionary<(string? Family, bool IsStructure), Hubness?> _surroundings = [];

    // The search whose tables this one shares, and the snippets that it may find; null for its own, and for all.
    private readonly NeighbourSearch? _whole;
    private readonly Func<long, bool>? _accept;

    private NeighbourSearch(NeighbourSearch whole, NeighbourOptions options, Func<long, bool>? accept)
    {
        (_model, _tokenizer, _catalog, _table, _entries, _rows) =
            (whole._model, whole._tokenizer, whole._catalog, whole._table, whole._entries, whole._rows);
        (_terms, _lexical, _search, _surroundings) = (whole._terms, whole._lexical, whole._search, whole._surroundings);
        (_whole, _options, _accept) = (whole, options, accept);
        _lexicalWeight = options.LexicalWeight ?? _tokenizer.LexicalWeight;
    }

    private NeighbourSearch(IEmbeddingModel model, CodeTokenizer tokenizer, NeighbourOptions options, LanguageCatalog catalog,
        VectorTable table, Dictionary<long, int> rows, Entry[] entries, int[][] terms, CancellationToken cancellation)
    {
        (_model, _tokenizer, _options, _catalog, _table, _rows, _entries, _terms) =
            (model, tokenizer, options, catalog, table, rows, entries, terms);
        _lexicalWeight = options.LexicalWeight ?? tokenizer.LexicalWeight;
        _lexical = LexicalIndex.Build(terms, tokenizer.LexicalTermCount);
        _search = VectorSearch.For(table, new SearchOptions { Threads = options.Threads }, cancellation);
        _terms = Array.ConvertAll(terms, Distinct);
    }

    /// <summary>Number of snippets that can be found.</summary>
    public int Count => _entries.Length;

    /// <summary>Whether a snippet can be found.</summary>
    /// <param name="snippet">Row id.</param>
    public bool Contains(long snippet) => RowOf(snippet) >= 0;

    /// <summary>Reads the vectors and terms of part of the store.</summary>
    /// <param name="store">
    /// The store, in which all of the selection is embedded with <paramref name="model"/>. It is read twice, so best
    /// use a <see cref="SnippetStore.Snapshot"/>.
    /// </param>
    /// <param name="selection">The snippets that can be found.</param>
    /// <param name="model">The model whose vectors are compared.</param>
    /// <param name="tokenizer">Extracts the terms for BM25.</param>
    /// <param name="options">Ranking and filtering.</param>
    /// <param name="catalog">Tells which languages are dialects of which.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static NeighbourSearch Open(SnippetStore store, StoreSelection selection, IEmbeddingModel model, CodeTokenizer tokenizer,
        NeighbourOptions options, LanguageCatalog catalog, CancellationToken cancellation = default)
    {
        options.Validate();
        var table = new VectorTable(model.Dimension, isHalf: true);
        var rows = new Dictionary<long, int>();
        if (store.FindModel(model.Hash, model.Dimension) is { } id)
        {
            foreach (var (snippet, vector) in store.Vectors(id, selection))
            {
                rows[snippet] = table.Count;
                table.Add(MemoryMarshal.Cast<byte, Half>(vector));
            }
        }

        var (entries, terms) = (new Entry[table.Count], new int[table.Count][]);
        Array.Fill(terms, []);
        foreach (var files in store.FilesWithSnippets(selection).Chunk(256))
        {
            Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation },
                file =>
            {
                var inputs = new SnippetInputs(file);
                foreach (var (snippet, row) in file.Snippets.Select(snippet => (snippet, rows.GetValueOrDefault(snippet.Row, -1)))
                    .Where(item => item.Item2 >= 0))
                {
                    var facts = snippet.Snippet;
                    terms[row] = tokenizer.LexicalTerms(inputs.Of(snippet));
                    entries[row] = new Entry(snippet.Row, file.File.Id, string.Intern(facts.Language),
                        string.Intern(catalog.FamilyOf(facts.Language)), facts.Kind.IsStructure(), facts.Span.StartByte,
                        facts.Span.EndByte);
                }
            });
        }

        return new NeighbourSearch(model, tokenizer, options, catalog, table, rows, entries, terms, cancellation);
    }

    /// <summary>
    /// The same search with other options, among some of the snippets. It shares the tables of this one, which must outlive it, and
    /// is not used at the same time.
    /// </summary>
    /// <param name="options">Number, ranking and language of the neighbours.</param>
    /// <param name="accept">Whether a snippet, by row id, may be found; null finds any.</param>
    public NeighbourSearch Narrow(NeighbourOptions options, Func<long, bool>? accept = null)
    {
        options.Validate();
        return new NeighbourSearch(_whole ?? this, options, accept);
    }

    /// <summary>Finds the neighbours of snippets of the store, in the order requested.</summary>
    /// <param name="snippets">Row ids; unknown ones are skipped. Null finds the neighbours of every snippet.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public IEnumerable<(long Snippet, IReadOnlyList<Neighbour> Neighbours)> Of(IEnumerable<long>? snippets = null,
        CancellationToken cancellation = default)
    {
        var wanted = snippets is null ? Enumerable.Range(0, _entries.Length) : snippets.Select(RowOf).Where(row => row >= 0);
        foreach (var block in wanted.Chunk(BlockQueries))
        {
            var surroundings = Array.ConvertAll(block,
                row => SurroundingsIn(_entries[row].Family, _entries[row].IsStructure, cancellation));
            var found = Rank(_table.Select(block, isHalf: false), [.. block.Select(row => _terms[row])], surroundings,
                (query, row) => IsNeighbour(_entries[block[query]], _entries[row]), cancellation);
            for (var i = 0; i < block.Length; i++)
            {
                yield return (_entries[block[i]].Snippet, found[i]);
            }
        }
    }

    /// <summary>Finds the neighbours of code that is not in the store.</summary>
    public IReadOnlyList<Neighbour> Of(SnippetInput code, CancellationToken cancellation = default)
    {
        var (structure, family) = (code.Kind.IsStructure(), _catalog.FamilyOf(code.Language));
        return Single(_model.Encode(code), _tokenizer.LexicalTerms(code), SurroundingsIn(family, structure, cancellation),
            row => _entries[row].IsStructure == structure && IsLanguage(family, _entries[row]) && IsAccepted(_entries[row]), cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_whole is not null)
        {
            return;
        }

        _search.Dispose();
        foreach (var surroundings in _surroundings.Values)
        {
            surroundings?.Dispose();
        }
    }

    private int RowOf(long snippet) => _rows.TryGetValue(snippet, out var row) && _entries[row].Snippet == snippet ? row : -1;

    private static int[] Distinct(int[] terms)
    {
        var sorted = (int[])terms.Clone();
        Array.Sort(sorted);
        var count = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                sorted[count++] = sorted[i];
            }
        }

        return sorted[..count];
    }

    private IReadOnlyList<Neighbour> Single(EncodedInput input, int[] terms, Hubness? surroundings, Func<int, bool> accept,
        CancellationToken cancellation)
    {
        var vector = new float[_model.Dimension];
        _model.Embed([input], vector);
        return Rank(VectorTable.Over(vector, _model.Dimension), [Distinct(terms)], [surroundings], (_, row) => accept(row),
            cancellation)[0];
    }

    // If the store has no snippet in the language, hubness is measured over all languages.
    private Hubness? SurroundingsIn(string? family, bool isStructure, CancellationToken cancellation)
    {
        if (_options.SurroundingsWeight == 0)
        {
            return null;
        }

        if (!_surroundings.TryGetValue((family, isStructure), out var surroundings))
        {
            int[] pool = [.. Enumerable.Range(0, _entries.Length)
                .Where(row => _entries[row].Snippet != 0 && _entries[row].IsStructure == isStructure
                    && (family is null || _entries[row].Family == family))];
            surroundings = pool.Length > 0
                ? new Hubness(_table, pool, (row, other) => AreApart(_entries[row], _entries[other]),
                    new SearchOptions { Threads = _options.Threads }, cancellation)
                : family is null ? null : SurroundingsIn(null, isStructure, cancellation);
            _surroundings.Add((family, isStructure), surroundings);
        }

        return surroundings;
    }

    private bool IsNeighbour(in Entry query, in Entry other) =>
        other.Snippet != 0 // removed between the two reads of the store
        && query.IsStructure == other.IsStructure
        && IsLanguage(query.Family, other)
        && AreApart(query, other)
        && IsAccepted(other);

    private bool IsAccepted(in Entry entry) => _accept is null || _accept(entry.Snippet);

    private static bool AreApart(in Entry one, in Entry other) =>
        one.File != other.File || one.Start >= other.End || other.Start >= one.End;

    private bool IsLanguage(string family, in Entry other) =>
        (!_options.CrossLanguage || family != other.Family) && (_options.Language is null || other.Language == _options.Language);

    private IReadOnlyList<Neighbour>[] Rank(VectorTable queries, int[][] terms, Hubness?[] surroundings, Func<int, int, bool> accept,
        CancellationToken cancellation)
    {
        var pool = _lexicalWeight > 0 || _options.SurroundingsWeight > 0 ? Math.Max(_options.Candidates, 4 * _options.Count)
            : _options.Count;
        var contenders = Math.Max(LeastContenders, 4 * _options.Count);
        var hits = _search.Search(queries, pool, accept, cancellation);
        var (ranked, parallel) = (new Candidate[queries.Count][],
            new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellation });
        Parallel.For(0, queries.Count, parallel, query => ranked[query] = [
            .. Best(Fuse(queries, query, terms[query], pool, hits[query], row => accept(query, row)),
                surroundings[query] is null ? _options.Count : contenders)]);
        foreach (var group in Enumerable.Range(0, queries.Count).Where(query => surroundings[query] is not null)
            .GroupBy(query => surroundings[query]!))
        {
            group.Key.WorkOut(group.SelectMany(query => ranked[query]).Select(candidate => candidate.Row), cancellation);
            foreach (var query in group)
            {
                ranked[query] = [.. Best(ranked[query].Select(candidate => candidate with
                {
                    Similarity = Similarity(candidate.Cosine, candidate.Lexical, group.Key[candidate.Row])
                }), _options.Count)];
            }
        }

        return Array.ConvertAll(ranked, IReadOnlyList<Neighbour> (candidates) => [.. candidates.Select((candidate, i) =>
            new Neighbour(_entries[candidate.Row].Snippet, candidate.Similarity, candidate.Cosine, i + 1))]);
    }

    private static IEnumerable<Candidate> Best(IEnumerable<Candidate> candidates, int count) =>
        candidates.OrderByDescending(item => item.Similarity).ThenByDescending(item => item.Cosine).ThenBy(item => item.Row).Take(count);

    // Candidates nearest by cosine and by BM25, ranked without hubness.
    private IEnumerable<Candidate> Fuse(VectorTable queries, int query, int[] terms, int pool, ReadOnlySpan<SearchHit> hits,
        Func<int, bool> accept)
    {
        var (rows, cosines) = (new List<int>(pool), new Dictionary<int, float>(pool));
        foreach (var hit in hits)
        {
            rows.Add(hit.Row);
            cosines[hit.Row] = hit.Cosine;
        }

        if (_lexicalWeight == 0)
        {
            return rows.Select(row => new Candidate(row, cosines[row], 0, Similarity(cosines[row], 0, null)));
        }

        var (own, other) = (new float[_table.Dimension], new float[_table.Dimension]);
        queries.CopyRow(query, own);
        foreach (var row in _lexical.Candidates(terms, pool, accept))
        {
            if (!cosines.ContainsKey(row))
            {
                _table.CopyRow(row, other);
                cosines[row] = Dot(own, other);
                rows.Add(row);
            }
        }

        var scores = new float[rows.Count];
        _lexical.Score(terms, CollectionsMarshal.AsSpan(rows), scores);
        var best = Math.Max(scores.Length == 0 ? 0 : scores.Max(), 1e-9f);
        return rows.Select((row, i) =>
            new Candidate(row, cosines[row], scores[i] / best, Similarity(cosines[row], scores[i] / best, null)));
    }

    private float Similarity(float cosine, float lexical, float? surroundings)
    {
        var (sum, weights) = (cosine + (_lexicalWeight * lexical), 1 + _lexicalWeight);
        return surroundings is { } near ? (sum + (_options.SurroundingsWeight * (1 - near))) / (weights + _options.SurroundingsWeight)
            : sum / weights;
    }

    private static float Dot(float[] a, float[] b)
    {
        var sum = System.Numerics.Vector<float>.Zero;
        var width = System.Numerics.Vector<float>.Count;
        var i = 0;
        for (; i <= a.Length - width; i += width)
        {
            sum += new System.Numerics.Vector<float>(a, i) * new System.Numerics.Vector<float>(b, i);
        }

        var total = System.Numerics.Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }

        return Math.Clamp(total, -1, 1);
    }

    /// <summary>A row that may be a neighbour. Lexical is its BM25 divided by the query's best BM25, in [0, 1].</summary>
    private readonly record struct Candidate(int Row, float Cosine, float Lexical, float Similarity);

    /// <summary>What the search needs to know of a snippet.</summary>
    private readonly record struct Entry(long Snippet, long File, string Language, string Family, bool IsStructure, int Start, int End);
}
