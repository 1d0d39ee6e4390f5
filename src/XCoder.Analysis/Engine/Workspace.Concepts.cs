using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Seeds;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>Which concepts and gaps to return.</summary>
public sealed record ConceptQuery
{
    /// <summary>Name of the repository to count; null counts all.</summary>
    public string? Repository { get; init; }

    /// <summary>Only gaps of this language; null returns gaps of all languages.</summary>
    public string? Language { get; init; }

    /// <summary>Most concepts in the matrix; those in most languages come first. Unlimited by default.</summary>
    public int MostConcepts { get; init; } = int.MaxValue;

    /// <summary>Most gaps to return. Unlimited by default.</summary>
    public int MostGaps { get; init; } = int.MaxValue;

    /// <summary>
    /// Most functions without a partner in <see cref="Language"/> to return. Negative, the default, does not search for
    /// them.
    /// </summary>
    public int MostFunctions { get; init; } = -1;

    /// <summary>Number of instruction pairs by concept and language, which the matrix shows beside the functions. Default none.</summary>
    public IReadOnlyDictionary<(string Concept, string Language), int> Pairs { get; init; } = new Dictionary<(string, string), int>();
}

/// <summary>The chosen seeds, and the rule that kept duplicates apart.</summary>
/// <param name="Selection">The seeds, and counts of why other functions were rejected.</param>
/// <param name="Basis">Model and threshold of the semantic duplicates.</param>
public sealed record SeedResult(SeedSelection Selection, SemanticBasis Basis);

/// <summary>Concepts, and the semantic index from which they were made.</summary>
internal sealed record ConceptState(SemanticState Semantic, ConceptAnalysis Concepts, int MinTokens);

/// <summary>The functions of a concept.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Rows">Row ids of its snippets, ascending; test code is among them.</param>
internal sealed record ConceptMembers(string Label, List<long> Rows);

public sealed partial class Workspace
{
    // The default minimum of the duplicate search, so that concepts and duplicates share one semantic index.
    private static readonly int ConceptTokens = new SemanticIndexOptions().MinTokens;

    private const long FewSnippets = 20_000;

    /// <summary>
    /// Whether concepts are available within a few seconds: every snippet is embedded, and the semantic index exists or
    /// the workspace is small.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public bool AreConceptsNear()
    {
        using var store = OpenStore();
        using var model = OpenModel(_ => { });
        var counts = store.EmbeddedCounts(store.FindModel(model.Hash, model.Dimension) ?? -1, StoreSelection.All);
        return counts.Snippets > 0 && counts.Embedded == counts.Snippets
            && (counts.Snippets <= FewSnippets
                || SemanticIndex.IsCurrent(Existing(), store, model, new SemanticIndexOptions { MinTokens = ConceptTokens }));
    }

    /// <summary>Returns the concepts by language, and the gaps: concepts that a language lacks and others have.</summary>
    /// <param name="query">What to return; null returns everything.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="RequestException">The repository or language does not exist.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public ConceptReport Concepts(ConceptQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new ConceptQuery();
        using var store = OpenStore();
        _ = Select(store, query.Repository, query.Language);
        return Report(store, OpenConcepts(cancellation), query);
    }

    /// <summary>
    /// Returns what the page of a workspace's coverage shows: counts, concepts with samples, and a map of the corpus, but no
    /// duplicates.
    /// </summary>
    /// <param name="query">Which concepts to show; null shows none.</param>
    /// <param name="repository">Name of the repository to report on; null reports on all.</param>
    /// <param name="language">Language id to report on; null reports on all.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="RequestException">The repository or language does not exist.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public AnalysisReport Page(ConceptQuery? query, string? repository = null, string? language = null,
        CancellationToken cancellation = default)
    {
        using var store = OpenStore();
        var state = query is null ? null : OpenConcepts(cancellation);
        var report = AnalysisRun.Coverage(store, Select(store, repository, language), new DuplicateOptions());
        return state is null ? report
            : WithPage(store, state, report with { Concepts = Report(store, state, query!) }, int.MaxValue, cancellation);
    }

    /// <summary>Chooses functions as seeds for generation: good and diverse ones, no two of them duplicates.</summary>
    /// <param name="options">Number of seeds, limits, and the random seed; null uses the defaults.</param>
    /// <param name="languages">Ids of the languages from which to take seeds, including their dialects; null takes all.</param>
    /// <param name="repository">Name of the repository from which to take seeds; null takes all.</param>
    /// <param name="isContaminated">
    /// Whether code and documentation contain part of a benchmark, which excludes a function; null excludes none.
    /// </param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="RequestException">The repository or language does not exist.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public SeedResult Seeds(SeedOptions? options = null, IEnumerable<string>? languages = null, string? repository = null,
        Func<string, string?, bool>? isContaminated = null, CancellationToken cancellation = default)
    {
        using var store = OpenStore();
        var selection = Select(store, repository);
        var families = languages?.Select(id => Catalog.FamilyOf(Language(id).Id)).ToHashSet();
        var state = OpenConcepts(cancellation);
        var duplicates = new DuplicateOptions { MinTokens = ConceptTokens, Threads = Options.Threads };
        return new SeedResult(
            SeedAnalysis.Run(Existing(), state.Concepts, state.Semantic.Rule, duplicates, selection, families, Catalog.FamilyOf,
                options ?? new SeedOptions(), isContaminated, cancellation), state.Semantic.Basis);
    }

    /// <summary>
    /// Starts choosing a threshold for semantic duplicates in this workspace. The workspace is locked until the result
    /// is disposed.
    /// </summary>
    /// <param name="options">The precision to reach, and pairs judged before.</param>
    /// <param name="minTokens">Shorter snippets are left out; null uses the default.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public CalibrationSession Calibrate(CalibrationOptions options, int? minTokens = null, CancellationToken cancellation = default)
    {
        OpenStore().Dispose();
        var hold = Hold(cancellation);
        try
        {
            return new CalibrationSession(hold, OpenSemantic(hold.Folder, minTokens ?? ConceptTokens, cancellation), options);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>The concept of each function that has one, by row id of its snippet.</summary>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    internal Dictionary<long, ConceptMembers> ConceptsOfSnippets(CancellationToken cancellation)
    {
        var analysis = OpenConcepts(cancellation).Concepts;
        var members = analysis.Concepts.Select(static concept => new ConceptMembers(concept.Label, [])).ToArray();
        var nodes = analysis.Index.Nodes;
        var result = new Dictionary<long, ConceptMembers>();
        for (var i = 0; i < nodes.Snippets.Length; i++)
        {
            if (nodes.NodeOf[i] is var node && node < nodes.Functions && analysis.Of[node] is var concept and >= 0)
            {
                members[concept].Rows.Add(nodes.Snippets[i]);
                result[nodes.Snippets[i]] = members[concept];
            }
        }

        return result;
    }

    /// <summary>Embeds snippets that lack a vector and opens the concepts; takes the lock if anything must be written.</summary>
    internal ConceptState OpenConcepts(CancellationToken cancellation)
    {
        var folder = Existing();
        return OpenConcepts(folder, OpenSemantic(folder, ConceptTokens, cancellation), ConceptTokens, cancellation);
    }

    private ConceptState OpenConcepts(WorkspaceFolder folder, SemanticState semantic, int minTokens, CancellationToken cancellation)
    {
        var concepts = ConceptAnalysis.Read(folder, semantic.Index);
        if (concepts is null)
        {
            using var hold = Hold(cancellation);
            concepts = ConceptAnalysis.Open(folder, semantic.Index, Catalog.FamilyOf, Options.Progress, cancellation);
        }

        return new ConceptState(semantic, concepts, minTokens);
    }

    private ConceptReport Report(SnippetStore store, ConceptState state, ConceptQuery query) =>
        Report(store, state, query, Select(store, query.Repository));

    private ConceptReport Report(SnippetStore store, ConceptState state, ConceptQuery query, StoreSelection selection)
    {
        var language = query.Language is { } id ? Catalog.FamilyOf(Language(id).Id) : null;
        var coverage = new ConceptCoverage(store, state.Concepts, selection, Catalog.FamilyOf, state.MinTokens);
        var (gaps, allGaps) = coverage.Gaps(new GapOptions(), language, query.MostGaps);
        var (functions, all) = language is not null && query.MostFunctions >= 0
            ? coverage.Functions(language, state.Semantic.Rule, query.MostFunctions) : (null, 0);
        var matrix = coverage.Matrix with { Rows = [.. coverage.Matrix.Rows.Take(query.MostConcepts)] };
        return new ConceptReport { Matrix = matrix.WithPairs(query.Pairs), Gaps = gaps, AllGaps = allGaps, Basis = state.Semantic.Basis,
            Language = language, Functions = functions, AllFunctions = all };
    }

    // Adds what only the page shows: samples of each cell, and a map of the corpus if it has at most mostPoints nodes.
    private AnalysisReport WithPage(SnippetStore store, ConceptState state, AnalysisReport report, int mostPoints,
        CancellationToken cancellation)
    {
        var shown = report.Concepts!.Matrix.Rows.Select(row => row.Concept).ToHashSet();
        var (index, concepts) = (state.Semantic.Index, state.Concepts.Concepts);
        return report with
        {
            ConceptSamples = ConceptSamples.Of(store, index, concepts.Where(concept => shown.Contains(concept.Id)), Catalog.FamilyOf),
            Map = index.Nodes.Count > mostPoints ? null
                : MapAnalysis.Run(Existing(), index, concepts, new MapOptions { Threads = Options.Threads }, Options.Progress,
                    cancellation),
        };
    }
}
