using System.Globalization;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>
/// The query of a neighbour search: exactly one of <see cref="Snippet"/>, <see cref="Code"/> and <see cref="Words"/>,
/// or none of them to search for the neighbours of every snippet.
/// </summary>
public sealed record NeighbourQuery
{
    /// <summary>A snippet's id, or a position in an indexed file as FILE:LINE.</summary>
    public string? Snippet { get; init; }

    /// <summary>Code that is not in a repository, with its language id.</summary>
    public (string Language, string Text)? Code { get; init; }

    /// <summary>A question in natural language.</summary>
    public string? Words { get; init; }

    /// <summary>
    /// Name of a repository; null means all. With a snippet, code or words, only neighbours in it are found; otherwise
    /// it selects the snippets whose neighbours are found.
    /// </summary>
    public string? Repository { get; init; }

    /// <summary>Number, ranking and language of the neighbours. The number of threads is taken from the workspace.</summary>
    public NeighbourOptions Options { get; init; } = new();
}

/// <summary>A snippet and its neighbours, nearest first.</summary>
/// <param name="Snippet">The snippet; null if the query was code or words.</param>
/// <param name="Neighbours">Its neighbours.</param>
public sealed record SnippetNeighbours(Snippet? Snippet, IReadOnlyList<(Snippet Snippet, Neighbour Neighbour)> Neighbours);

public sealed partial class Workspace
{
    private const int NeighbourBlock = 512;
    private const int MostCandidates = 5;

    /// <summary>
    /// Finds the nearest snippets, in any language. Snippets without a vector are embedded first. For every snippet,
    /// results are streamed as they are found; otherwise they are complete on return.
    /// </summary>
    /// <param name="query">Whose neighbours to find.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="RequestException">The snippet, repository or language does not exist, or the code cannot be parsed.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public IEnumerable<SnippetNeighbours> Neighbours(NeighbourQuery query, CancellationToken cancellation = default)
    {
        if ((query.Snippet is null ? 0 : 1) + (query.Code is null ? 0 : 1) + (query.Words is null ? 0 : 1) > 1)
        {
            throw new ArgumentException("Give only one of a snippet, code and words.", nameof(query));
        }

        if (query.Words is { } question)
        {
            using var questions = OpenQuestions();
            return [new SnippetNeighbours(null, questions.Find(question, query.Options, query.Repository, cancellation))];
        }

        var code = query.Code is { } given ? Read(given.Language, given.Text) : null;
        var store = OpenStore();
        var isKept = false;
        try
        {
            using var model = OpenModel();
            using var snapshot = Embedded(store, model, cancellation);
            var search = OpenSearch(store, model, query, cancellation);
            if (query is { Snippet: null, Code: null })
            {
                // A snapshot keeps SQLite's write-ahead log from being emptied, so this long search runs without it.
                long[]? rows = query.Repository is null ? null : [.. store.Rows(Select(store, query.Repository)).Select(item => item.Row)];
                isKept = true;
                return Stream(store, search, search.Of(rows, cancellation).Select(item => ((long?)item.Snippet, item.Neighbours)));
            }

            using (search)
            {
                return [.. Described(store, code is not null ? [(null, search.Of(code, cancellation))]
                    : search.Of([Asked(store, search, query)], cancellation).Select(item => ((long?)item.Snippet, item.Neighbours)))];
            }
        }
        finally
        {
            if (!isKept)
            {
                store.Dispose();
            }
        }
    }

    private NeighbourSearch OpenSearch(SnippetStore store, IEmbeddingModel model, NeighbourQuery query, CancellationToken cancellation)
    {
        var isEvery = query is { Snippet: null, Code: null };
        var found = Select(store, query.Repository);
        return NeighbourSearch.Open(store, isEvery ? StoreSelection.All : found, model, TokenizerOf(model),
            query.Options with { Threads = Options.Threads }, Catalog, cancellation);
    }

    private static long Asked(SnippetStore store, NeighbourSearch search, NeighbourQuery query)
    {
        var row = Find(store, query.Snippet!, query.Repository);
        return search.Contains(row)
            ? row
            : throw new RequestException(
                $"The snippet {query.Snippet} is not in --repository {query.Repository}; leave the option out, or name a snippet of it.");
    }

    private static IEnumerable<SnippetNeighbours> Stream(SnippetStore store, NeighbourSearch search,
        IEnumerable<(long? Snippet, IReadOnlyList<Neighbour> Neighbours)> found)
    {
        using (store)
        using (search)
        {
            foreach (var item in Described(store, found))
            {
                yield return item;
            }
        }
    }

    private SnippetInput Read(string language, string text)
    {
        using var reader = new CodeReader(Catalog);
        return reader.Read(Language(language), text)
            ?? throw new RequestException("The code could not be parsed: it is nested too deeply, or takes too long.");
    }

    private static long Find(SnippetStore store, string of, string? repository)
    {
        if (store.FindSnippet(of) is { } row)
        {
            return row;
        }

        var colon = of.LastIndexOf(':');
        if (colon > 0 && int.TryParse(of.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line))
        {
            var (path, full) = (of[..colon].Replace('\\', '/'), Path.GetFullPath(of[..colon]));
            var found = store.FindSnippetsAt(path, full, line);
            return found.Count > 0 ? Only(of, found, repository)
                : throw new RequestException(WhyNone(store.FindNearestAt(path, full, line), of[..colon], line));
        }

        throw new RequestException($"There is no snippet {of}. Give an id that 'xcoder snippets' lists, or FILE:LINE.");
    }

    private static string WhyNone(IReadOnlyList<(string Repository, string Path, (string Name, int StartLine, int EndLine)? Nearest)> files,
        string path, int line) => files switch
    {
        [] when !File.Exists(path) =>
            $"There is no file {path}, neither here nor in the workspace. Give a path in a repository, or REPOSITORY/PATH.",
        [] => $"{path} is not in the workspace. Index it first: xcoder index {path}",
        [{ Nearest: { } near } file, ..] =>
            string.Create(CultureInfo.InvariantCulture,
                $"No function or structure stands at line {line} of {file.Repository}/{file.Path}. The nearest is {near.Name}, "
                    + $"lines {near.StartLine} to {near.EndLine}."),
        [var file, ..] => $"{file.Repository}/{file.Path} holds no function or structure.",
    };

    private static long Only(
        string of, IReadOnlyList<(long Snippet, string Repository, string Path, string FullPath)> found, string? repository)
    {
        // If one repository contains another, both may hold the same file.
        var named = found.Where(item => item.Repository == repository).ToList();
        var meant = (named.Count > 0 ? named : found).DistinctBy(item => item.FullPath).ToList();
        if (meant.Count > 1)
        {
            var names = meant.Select(item => $"{item.Repository}/{item.Path}").Order(StringComparer.Ordinal).Take(MostCandidates);
            throw new RequestException(
                $"{of} matches {meant.Count} files: {string.Join(", ", names)}{(meant.Count > MostCandidates ? ", …" : "")}. Give one "
                    + $"of them as REPOSITORY/PATH:LINE.");
        }

        return meant[0].Snippet;
    }

    private static IEnumerable<SnippetNeighbours> Described(SnippetStore store,
        IEnumerable<(long? Snippet, IReadOnlyList<Neighbour> Neighbours)> found)
    {
        foreach (var block in found.Chunk(NeighbourBlock))
        {
            // Snippets that another process has removed meanwhile are left out.
            var facts = store.Snippets(block.SelectMany(item => item.Neighbours.Select(neighbour => neighbour.Snippet))
                .Concat(block.Select(item => item.Snippet).OfType<long>()));
            foreach (var (snippet, neighbours) in block)
            {
                if (snippet is not { } row || facts.ContainsKey(row))
                {
                    yield return new SnippetNeighbours(snippet is { } known ? facts[known] : null,
                        [.. neighbours.Where(neighbour => facts.ContainsKey(neighbour.Snippet))
                            .Select(neighbour => (facts[neighbour.Snippet], neighbour))]);
                }
            }
        }
    }

    /// <summary>Embeds snippets that lack a vector and opens the semantic index; takes the lock if anything must be written.</summary>
    /// <param name="folder">The folder of the workspace, which must exist.</param>
    /// <param name="minTokens">Shorter snippets are left out.</param>
    /// <param name="cancellation">Cancels the work.</param>
    internal SemanticState OpenSemantic(WorkspaceFolder folder, int minTokens, CancellationToken cancellation) =>
        OpenSemantic(folder, minTokens, isForFew: false, cancellation);

    // For a few new functions, a part of the index is enough.
    private SemanticState OpenSemantic(WorkspaceFolder folder, int minTokens, bool isForFew, CancellationToken cancellation)
    {
        using var model = OpenModel();
        var settings = new SemanticIndexOptions { MinTokens = minTokens, Threads = Options.Threads };
        using var store = folder.OpenStore();
        var counts = store.EmbeddedCounts(store.FindModel(model.Hash, model.Dimension) ?? -1, StoreSelection.All);
        var index = counts.Embedded == counts.Snippets ? SemanticIndex.Read(folder, store, model, settings) : null;
        if (index is null)
        {
            using var hold = Hold(cancellation);
            if (counts.Embedded < counts.Snippets)
            {
                Embed(store, model, StoreSelection.All, cancellation);
            }

            var tokenizer = TokenizerOf(model);
            index = isForFew ? SemanticUpdate.Run(folder, store, model, tokenizer, Catalog.FamilyOf, settings, cancellation) : null;
            index ??= SemanticIndex.Open(folder, model, tokenizer, Catalog.FamilyOf, DuplicateAnalysis.TextGroups, settings,
                Options.Progress, cancellation);
        }

        var reference = ReferencePairs.Load(ShippedModels.Folder(Options.Model));
        var calibration = Options.Margin is null ? Calibration.Read(folder, model.Hash) : null;
        var rule = Rule(Options.Margin, calibration);
        var (ports, unrelated) = CalibrationRun.Expected(index, reference, rule);
        var basis = new SemanticBasis
        {
            Model = index.Model,
            Threshold = rule.Threshold,
            Source = Options.Margin is not null ? "given" : calibration is not null ? "calibrated" : "default",
            Precision = calibration is not null ? calibration.Precision : ports,
            UnrelatedThreshold = rule.UnrelatedThreshold,
            UnrelatedPrecision = calibration?.UnrelatedThreshold is not null ? calibration.UnrelatedPrecision : unrelated,
            Recall = calibration?.Recall,
        };
        return new SemanticState(index, rule, basis, model.Hash, reference);
    }

    // A margin that was given moves both thresholds.
    private static SemanticOptions Rule(double? margin, Calibration? calibration)
    {
        var rule = new SemanticOptions();
        return margin is { } given
            ? rule with { Threshold = given, UnrelatedThreshold = Math.Min(1, given + rule.UnrelatedThreshold - rule.Threshold) }
            : calibration is null ? rule
            : rule with
            {
                Threshold = calibration.Threshold,
                UnrelatedThreshold = calibration.UnrelatedThreshold ?? rule.UnrelatedThreshold,
            };
    }

    /// <summary>Returns a snapshot of the store in which every snippet has a vector of the model; dispose it to release it.</summary>
    private IDisposable Embedded(SnippetStore store, IEmbeddingModel model, CancellationToken cancellation)
    {
        while (true)
        {
            var snapshot = store.Snapshot();
            try
            {
                var counts = store.EmbeddedCounts(store.FindModel(model.Hash, model.Dimension) ?? -1, StoreSelection.All);
                if (counts.Embedded == counts.Snippets)
                {
                    return snapshot;
                }
            }
            catch
            {
                snapshot.Dispose();
                throw;
            }

            snapshot.Dispose();
            using var hold = Hold(cancellation);
            Embed(store, model, StoreSelection.All, cancellation);
        }
    }

    // Identifies model and rule without opening the model.
    private string SemanticFingerprint(WorkspaceFolder folder)
    {
        var calibration = new FileInfo(Path.Combine(folder.Folder, Calibration.FileName));
        var files = EmbeddingModels.FoldersOf(ShippedModels.Folder(Options.Model))
            .SelectMany(model => new DirectoryInfo(model).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
            .Append(calibration);
        var stamps = files.Where(file => file.Exists)
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
        return string.Join('\n', stamps.Append(string.Create(CultureInfo.InvariantCulture, $"{Options.Margin}")));
    }
}

/// <summary>The semantic index, the rule for duplicates, and the model and threshold on which the rule is based.</summary>
internal sealed record SemanticState(SemanticIndex Index, SemanticOptions Rule, SemanticBasis Basis, string ModelHash,
    ReferencePairs Reference);
