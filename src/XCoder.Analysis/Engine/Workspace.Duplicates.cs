using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>Which duplicates are asked for.</summary>
public sealed record DuplicateQuery
{
    /// <summary>How they are looked for. Threads are those of the workspace.</summary>
    public DuplicateOptions Options { get; init; } = new();

    /// <summary>Kinds of duplicates. Default: exact, renamed and near.</summary>
    public IReadOnlyList<DuplicateKind> Kinds { get; init; } = DuplicateRule.WithoutVectors;

    /// <summary>Only groups with members in more than one language. Default: no.</summary>
    public bool CrossLanguage { get; init; }

    /// <summary>Only groups at least this similar, 0 to 1. Default 0.</summary>
    public double MinSimilarity { get; init; }

    /// <summary>Groups that are known: only new ones, and those with more copies, are given. Null gives all.</summary>
    public DuplicateBaseline? Baseline { get; init; }

    /// <summary>Name of the repository they are looked for in; null for all.</summary>
    public string? Repository { get; init; }
}

/// <summary>Duplicates of a workspace.</summary>
public sealed record DuplicateFindings
{
    /// <summary>All groups that were found, whatever a baseline says of them; for <see cref="DuplicateBaseline.Of"/>.</summary>
    public required IReadOnlyList<FoundGroup> Found { get; init; }

    /// <summary>The groups to show, with their snippets.</summary>
    public required IReadOnlyList<DuplicateGroup> Groups { get; init; }

    /// <summary>What is new, grown, known and gone; null without a baseline.</summary>
    public BaselineComparison? Comparison { get; init; }

    /// <summary>What semantic groups rest on; null where they were not looked for.</summary>
    public SemanticBasis? Basis { get; init; }

    /// <summary>Snippets that were compared.</summary>
    public int Compared { get; init; }
}

public sealed partial class Workspace
{
    /// <summary>Finds duplicates. Semantic ones need vectors: what is not embedded is embedded first.</summary>
    /// <param name="query">Which ones; null for exact, renamed and near ones of all repositories.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="RequestException">There is no such repository.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    /// <exception cref="XCoder.Analysis.Embeddings.Runtime.EmbeddingException">The model cannot be used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
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
            semantic is null ? null : (semantic.Index, semantic.Rule), cancellation);
        var found = analysis.Result.Groups.Where(group => query.Kinds.Contains(group.Kind) && group.Similarity >= query.MinSimilarity)
            .ToList();
        if (query.CrossLanguage)
        {
            var crossing = analysis.Describe(store, found, Catalog).Where(group => group.CrossLanguage).Select(group => group.Group)
                .ToHashSet();
            found = found.FindAll(group => crossing.Contains(group.Group));
        }

        var comparison = query.Baseline?.Compare(found);
        var shown = comparison is null ? found : [.. comparison.New, .. comparison.Grown.Select(grown => grown.Group)];
        return new DuplicateFindings
        {
            Found = found,
            Groups = analysis.Describe(store, shown, Catalog),
            Comparison = comparison,
            Basis = semantic?.Basis,
            Compared = analysis.Result.Compared,
        };
    }

    /// <summary>A report of duplicates for SARIF and HTML, with the coverage of what they were looked for in.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="findings">What was found.</param>
    /// <param name="time">Clock of the report's time stamp; null for the system's.</param>
    public AnalysisReport Report(DuplicateQuery query, DuplicateFindings findings, TimeProvider? time = null)
    {
        using var store = OpenStore();
        var selection = Select(store, query.Repository);
        return new AnalysisReport
        {
            ToolVersion = AnalysisRun.Version,
            CreatedAt = (time ?? TimeProvider.System).GetUtcNow(),
            Coverage = CoverageAnalysis.Run(store, selection),
            DuplicateOptions = query.Options with { Threads = Options.Threads },
            Kinds = query.Kinds,
            Semantic = findings.Basis,
            ComparedSnippets = findings.Compared,
            Groups = findings.Groups,
            Sizes = AnalysisRun.Sizes(store, selection),
            Timings = [],
            Roots = store.Repositories().ToDictionary(row => row.Repository.Name, row => row.Repository.Root),
        };
    }

    /// <summary>Extracts functions and structures and embeds them; files that have not changed are not read again.</summary>
    /// <param name="paths">Repositories, folders of repositories, folders or files.</param>
    /// <param name="options">Limits; null for the defaults. Threads are those of the workspace.</param>
    /// <param name="embed">Whether to embed, which neighbours and semantic duplicates need; it is made up for when they are asked
    /// for.</param>
    /// <param name="cancellation">Interrupts the run, which is no exception: <see cref="IndexSummary.Interrupted"/>.</param>
    /// <exception cref="XCoder.Analysis.Repositories.Walk.PathNotFoundException">A path does not exist.</exception>
    /// <exception cref="RequestException">The paths do not hold the repository that is asked for.</exception>
    /// <exception cref="StoreException">The workspace cannot be written.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used; nothing was indexed.</exception>
    public IndexResult Index(IReadOnlyList<string> paths, IndexOptions? options = null, bool embed = true,
        CancellationToken cancellation = default)
    {
        using var hold = Hold(cancellation);
        using var model = embed ? OpenModel() : null; // a wrong one is told before the work
        var summary = Extract(hold.Folder, paths, options, cancellation);
        using var store = hold.Folder.OpenStore();
        var selection = StoreSelection.Of(summary.Scopes);
        var coverage = CoverageAnalysis.Run(store, selection);
        return new IndexResult(summary, coverage, summary.Interrupted || model is null ? null
            : Embed(store, model, selection, cancellation));
    }

    /// <summary>Embeds what the model has not embedded yet.</summary>
    /// <param name="cancellation">Ends the run; finished portions are kept.</param>
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
    /// <param name="repository">Name of a repository; null for all.</param>
    /// <param name="language">Language id; null for all.</param>
    /// <exception cref="RequestException">There is no such repository or language.</exception>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    public CoverageReport Coverage(string? repository = null, string? language = null)
    {
        using var store = OpenStore();
        return CoverageAnalysis.Run(store, Select(store, repository, language));
    }

    /// <summary>Opens the model to embed code that is in no workspace.</summary>
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
                $"Repository '{options.Repository}' is not in the paths that are given. Name its folder, or leave out --repository.");
    }

    private EmbeddingSummary Embed(SnippetStore store, IEmbeddingModel model, StoreSelection selection, CancellationToken cancellation) =>
        new EmbeddingStage(store, model, Options.Threads, cancellation).Run(selection, Options.Progress);
}

/// <summary>What <see cref="Workspace.Index"/> did.</summary>
/// <param name="Summary">Files extracted, unchanged and removed, and whether the run was interrupted.</param>
/// <param name="Coverage">What is stored of the paths now, and what was left out of them and why.</param>
/// <param name="Embedded">What was embedded; null where nothing was to be, or the run was interrupted.</param>
public sealed record IndexResult(IndexSummary Summary, CoverageReport Coverage, EmbeddingSummary? Embedded);
