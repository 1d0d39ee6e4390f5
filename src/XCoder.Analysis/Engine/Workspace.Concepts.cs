using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Seeds;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>Which concepts and gaps are asked for.</summary>
public sealed record ConceptQuery
{
    /// <summary>Name of the repository that is counted; null for all.</summary>
    public string? Repository { get; init; }

    /// <summary>Only what this language lacks; null for all languages.</summary>
    public string? Language { get; init; }

    /// <summary>Most concepts in the matrix, those in most languages first. Default: all.</summary>
    public int MostConcepts { get; init; } = int.MaxValue;

    /// <summary>Most gaps to give. Default: all.</summary>
    public int MostGaps { get; init; } = int.MaxValue;

    /// <summary>
    /// Most functions to give that have no partner in <see cref="Language"/>; below 0, the default, they are not looked for.
    /// </summary>
    public int MostFunctions { get; init; } = -1;

    /// <summary>Instruction pairs by concept and language, which the matrix shows beside the functions. Default: none.</summary>
    public IReadOnlyDictionary<(string Concept, string Language), int> Pairs { get; init; } = new Dictionary<(string, string), int>();
}

/// <summary>Seeds, and the rule by which no two of them are duplicates.</summary>
/// <param name="Selection">The seeds, and why other functions are none.</param>
/// <param name="Basis">Model and threshold of semantic duplicates.</param>
public sealed record SeedResult(SeedSelection Selection, SemanticBasis Basis);

/// <summary>Concepts, and the semantic index below them.</summary>
internal sealed record ConceptState(SemanticState Semantic, ConceptAnalysis Concepts, int MinTokens);

public sealed partial class Workspace
{
    // That of the other duplicates, so that all share one index.
    private static readonly int ConceptTokens = new SemanticIndexOptions().MinTokens;

    private const long FewSnippets = 20_000;

    /// <summary>Whether concepts can be had in a few seconds: all is embedded, and the semantic index is there or soon made.</summary>
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

    /// <summary>Concepts by language, and what languages lack that others have.</summary>
    /// <param name="query">What is asked for; null for all.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="RequestException">There is no such repository or language.</exception>
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
    /// All that the HTML page shows of a workspace: coverage, duplicates, concepts with samples, and a map of the corpus.
    /// </summary>
    /// <param name="query">Which concepts; null where concepts are to be left out.</param>
    /// <param name="repository">Name of the repository that is reported on; null for all.</param>
    /// <param name="language">Language id that is reported on; null for all.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="RequestException">There is no such repository or language.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public AnalysisReport Page(ConceptQuery? query, string? repository = null, string? language = null,
        CancellationToken cancellation = default)
    {
        using var store = OpenStore();
        var state = query is null ? null : OpenConcepts(cancellation);
        var report = AnalysisRun.Report(Existing(), Select(store, repository, language), new DuplicateOptions { Threads = Options.Threads },
            Catalog, [], cancellation: cancellation);
        return state is null ? report
            : WithPage(store, state, report with { Concepts = Report(store, state, query!), Semantic = state.Semantic.Basis }, int.MaxValue,
                cancellation);
    }

    /// <summary>Chooses functions to start generations from: good and different ones, no two of them duplicates.</summary>
    /// <param name="options">How many, from which random number; null for the defaults.</param>
    /// <param name="languages">Language ids they are taken from, dialects with them; null for all.</param>
    /// <param name="repository">Name of the repository they are taken from; null for all.</param>
    /// <param name="isContaminated">Whether code and documentation hold part of a benchmark, and so may be no seed; null: none
    /// does.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="RequestException">There is no such repository or language.</exception>
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
    /// Begins to choose a threshold for semantic duplicates on this workspace. The workspace is locked until the result is disposed.
    /// </summary>
    /// <param name="options">The precision to reach, and judged pairs.</param>
    /// <param name="minTokens">Shorter snippets are left out; null for the default.</param>
    /// <param name="cancellation">Ends the work.</param>
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

    /// <summary>Embeds what is not embedded and opens the concepts; takes the lock where something is to be written.</summary>
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
        var (gaps, allGaps) = coverage.Gaps(new GapOptions { Near = state.Semantic.Rule.Threshold }, language, query.MostGaps);
        var (functions, all) = language is not null && query.MostFunctions >= 0
            ? coverage.Functions(language, state.Semantic.Rule, query.MostFunctions) : (null, 0);
        var matrix = coverage.Matrix with { Rows = [.. coverage.Matrix.Rows.Take(query.MostConcepts)] };
        return new ConceptReport { Matrix = matrix.WithPairs(query.Pairs), Gaps = gaps, AllGaps = allGaps, Basis = state.Semantic.Basis,
            Language = language, Functions = functions, AllFunctions = all };
    }

    // What the page shows besides: samples of each cell, and a map of the corpus where it is no larger than mostPoints.
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
