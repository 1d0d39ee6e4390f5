using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>Which duplicates to find.</summary>
public sealed record DuplicateQuery
{
    /// <summary>Options of the search. The number of threads is taken from the workspace.</summary>
    public DuplicateOptions Options { get; init; } = new();

    /// <summary>Kinds of duplicates. Default: exact, renamed and near.</summary>
    public IReadOnlyList<DuplicateKind> Kinds { get; init; } = DuplicateRule.WithoutVectors;

    /// <summary>Whether to return only groups with members in more than one language. Default false.</summary>
    public bool CrossLanguage { get; init; }

    /// <summary>Lowest similarity of a group, 0 to 1. Default 0.</summary>
    public double MinSimilarity { get; init; }

    /// <summary>Known groups: only new groups, and those with more copies, are returned. Null returns all.</summary>
    public DuplicateBaseline? Baseline { get; init; }

    /// <summary>Name of the repository to search; null searches all.</summary>
    public string? Repository { get; init; }
}

/// <summary>The duplicates found in a workspace.</summary>
public sealed record DuplicateFindings
{
    /// <summary>All groups found, regardless of a baseline.</summary>
    public required IReadOnlyList<FoundGroup> Found { get; init; }

    /// <summary>The groups to show, with their snippets.</summary>
    public required IReadOnlyList<DuplicateGroup> Groups { get; init; }

    /// <summary>Which groups are new, grown, known and gone; null without a baseline.</summary>
    public BaselineComparison? Comparison { get; init; }

    /// <summary>
    /// Groups of which members are left out, because comments or settings say so; not in <see cref="Found"/> and <see cref="Groups"/> if
    /// fewer than two are left.
    /// </summary>
    public IReadOnlyList<IgnoredGroup> Ignored { get; init; } = [];

    /// <summary>Model and threshold of semantic groups; null if they were not searched for.</summary>
    public SemanticBasis? Basis { get; init; }

    /// <summary>Number of snippets that were compared.</summary>
    public int Compared { get; init; }

    /// <summary>What the searched part of the workspace holds, with the bytes that lie in no snippet.</summary>
    public required CoverageReport Coverage { get; init; }

    internal DuplicateAnalysis? Analysis { get; init; }
}

public sealed partial class Workspace
{
    /// <summary>Finds duplicates. Semantic ones need vectors, so snippets without one are embedded first.</summary>
    /// <param name="query">Which duplicates; null finds exact, renamed and near ones in all repositories.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="RequestException">The repository does not exist.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="XCoder.Analysis.Embeddings.Runtime.EmbeddingException">The model cannot be used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public DuplicateFindings Duplicates(DuplicateQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new DuplicateQuery();
        var options = query.Options with { Threads = Options.Threads };
        options.Validate();
        var folder = Existing();
        using var store = OpenStore();
        var selection = Select(store, query.Repository);
        var rules = query.Kinds.Select(DuplicateRule.Of).ToList();
        var semantic = rules.Exists(rule => rule.NeedsVectors) ? OpenSemantic(folder, options.MinTokens, cancellation) : null;
        var analysis = DuplicateAnalysis.Run(folder, selection, options, rules.Exists(rule => rule.NeedsTokens),
            semantic is null ? null : (semantic.Index, semantic.Rule), query.Kinds.Contains(DuplicateKind.File), cancellation);
        var (reported, ignored) = GroupFilter.Run(Ignores(store), analysis, store, [.. analysis.Result.Groups
            .Where(group => query.Kinds.Contains(group.Kind) && group.Similarity >= query.MinSimilarity)], Catalog);
        var found = reported.ToList();
        if (query.CrossLanguage)
        {
            var crossing = analysis.Describe(store, found, Catalog).Where(group => group.CrossLanguage).Select(group => group.Group)
                .ToHashSet();
            found = found.FindAll(group => crossing.Contains(group.Group));
        }

        // A baseline that does not say which kinds it looked for is older than groups of files: none of them is new.
        var comparison = query.Baseline?.Compare(
            query.Baseline.Kinds is null ? found.FindAll(static group => group.Kind != DuplicateKind.File) : found,
            query.Baseline.KnowsCode ? analysis.Places(store, selection) : null);
        return new DuplicateFindings
        {
            Found = found,
            Groups = comparison is null ? analysis.Describe(store, found, Catalog)
                : analysis.Describe(store, analysis.Keep(store, comparison), Catalog),
            Comparison = comparison,
            Analysis = analysis,
            Coverage = CoverageAnalysis.Run(store, selection),
            Basis = semantic?.Basis,
            Compared = analysis.Result.Compared,
            Ignored = query.CrossLanguage ? [.. ignored.Where(static group => group.Group.CrossLanguage)] : ignored,
        };
    }

    /// <summary>
    /// Makes a baseline of the duplicates found, regardless of a baseline before, and of the code among which they were found.
    /// </summary>
    /// <param name="query">The query that gave the findings.</param>
    /// <param name="findings">The result of the query, from this workspace.</param>
    public DuplicateBaseline Baseline(DuplicateQuery query, DuplicateFindings findings)
    {
        using var store = OpenStore();
        return findings.Analysis is { } analysis
            ? DuplicateBaseline.Of(findings.Found, query.Kinds, analysis.Places(store, Select(store, query.Repository)))
            : DuplicateBaseline.Of(findings.Found);
    }

    /// <summary>Builds a report of duplicates for SARIF and HTML, with the coverage of the snippets searched.</summary>
    /// <param name="query">The query that gave the findings.</param>
    /// <param name="findings">The result of the query.</param>
    /// <param name="time">Clock for the report's time stamp; null uses the system's.</param>
    public AnalysisReport Report(DuplicateQuery query, DuplicateFindings findings, TimeProvider? time = null)
    {
        using var store = OpenStore();
        var selection = Select(store, query.Repository);
        return new AnalysisReport
        {
            ToolVersion = AnalysisRun.Version,
            CreatedAt = (time ?? TimeProvider.System).GetUtcNow(),
            Coverage = findings.Coverage,
            IsAgainstBaseline = findings.Comparison is not null,
            DuplicateOptions = query.Options with { Threads = Options.Threads },
            Kinds = query.Kinds,
            Semantic = findings.Basis,
            ComparedSnippets = findings.Compared,
            ProductionTokens = findings.Analysis?.Result.ProductionTokens ?? 0,
            Groups = findings.Groups,
            Ignored = findings.Ignored,
            Sizes = AnalysisRun.Sizes(store, selection),
            Timings = [],
            Roots = store.Repositories().ToDictionary(row => row.Repository.Name, row => row.Repository.Root),
        };
    }

    /// <summary>Extracts functions and structures and embeds them. Unchanged files are not read again.</summary>
    /// <param name="paths">Repositories, folders of repositories, other folders, or files.</param>
    /// <param name="options">Limits; null uses the defaults. The number of threads is taken from the workspace.</param>
    /// <param name="embed">
    /// Whether to embed, which neighbours and semantic duplicates need. Otherwise the first request for them embeds.
    /// </param>
    /// <param name="cancellation">Interrupts the run. This does not throw but sets <see cref="IndexSummary.Interrupted"/>.</param>
    /// <exception cref="XCoder.Analysis.Repositories.Walk.PathNotFoundException">A path does not exist.</exception>
    /// <exception cref="RequestException">The paths do not contain the requested repository.</exception>
    /// <exception cref="StoreException">The workspace cannot be written.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used; nothing was indexed.</exception>
    public IndexResult Index(IReadOnlyList<string> paths, IndexOptions? options = null, bool embed = true,
        CancellationToken cancellation = default)
    {
        using var hold = Hold(cancellation);
        using var model = embed ? OpenModel() : null; // a wrong model fails before the work
        return IndexWith(model, paths, options, cancellation);
    }

    // With a model that serves several runs; null embeds nothing.
    private IndexResult IndexWith(IEmbeddingModel? model, IReadOnlyList<string> paths, IndexOptions? options,
        CancellationToken cancellation)
    {
        using var hold = Hold(cancellation);
        var summary = Extract(hold.Folder, paths, options, cancellation);
        using var store = hold.Folder.OpenStore();
        var selection = StoreSelection.Of(summary.Scopes);
        var coverage = CoverageAnalysis.Run(store, selection);
        return new IndexResult(summary, coverage, summary.Interrupted || model is null ? null
            : Embed(store, model, selection, cancellation));
    }

    /// <summary>Embeds all snippets that have no vector of the model.</summary>
    /// <param name="cancellation">Cancels the run; finished batches are kept.</param>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing is indexed.</exception>
    /// <exception cref="EmbeddingException">The model failed.</exception>
    public EmbeddingSummary Embed(CancellationToken cancellation = default)
    {
        using var store = OpenStore();
        using var model = OpenModel();
        using var hold = Hold(cancellation);
        return Embed(store, model, StoreSelection.All, cancellation);
    }

    /// <summary>Counts files, snippets, documentation and tests by repository and language.</summary>
    /// <param name="repository">Name of a repository; null counts all.</param>
    /// <param name="language">Language id; null counts all.</param>
    /// <exception cref="RequestException">The repository or language does not exist.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    public CoverageReport Coverage(string? repository = null, string? language = null)
    {
        using var store = OpenStore();
        return CoverageAnalysis.Run(store, Select(store, repository, language));
    }

    /// <summary>Opens the model to embed code that is not in a workspace.</summary>
    /// <exception cref="EmbeddingException">The model cannot be used.</exception>
    public CodeEmbedder OpenEmbedder()
    {
        var model = OpenModel();
        return new CodeEmbedder(Catalog, model, Options.Threads, isOwner: true);
    }

    private IndexSummary Extract(WorkspaceFolder folder, IReadOnlyList<string> paths, IndexOptions? options, CancellationToken cancellation)
    {
        options = (options ?? new IndexOptions()) with { Threads = Options.Threads };
        var summary = new Indexer(folder, Catalog, options).Run(paths, Options.Progress, cancellation);
        return summary.Interrupted || options.Repository is null || summary.Scopes.Count > 0 ? summary
            : throw new RequestException(
                $"Repository '{options.Repository}' is not in the given paths. Name its folder, or leave out --repository.");
    }

    private EmbeddingSummary Embed(SnippetStore store, IEmbeddingModel model, StoreSelection selection, CancellationToken cancellation) =>
        new EmbeddingStage(store, model, Options.Threads, cancellation).Run(selection, Options.Progress);
}

/// <summary>Result of <see cref="Workspace.Index"/>.</summary>
/// <param name="Summary">Files extracted, unchanged and removed, and whether the run was interrupted.</param>
/// <param name="Coverage">What the store now holds of the paths, and what was left out and why.</param>
/// <param name="Embedded">What was embedded; null if nothing should be, or if the run was interrupted.</param>
public sealed record IndexResult(IndexSummary Summary, CoverageReport Coverage, EmbeddingSummary? Embedded);
