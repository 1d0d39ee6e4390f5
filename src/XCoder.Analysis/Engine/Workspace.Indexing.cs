using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>What <see cref="Workspace.Index"/> did.</summary>
/// <param name="Summary">Files extracted, unchanged and removed, and whether the run was interrupted.</param>
/// <param name="Coverage">What is stored of the paths now, and what was left out of them and why.</param>
/// <param name="Embedded">What was embedded; null where nothing was to be, or the run was interrupted.</param>
public sealed record IndexResult(IndexSummary Summary, CoverageReport Coverage, EmbeddingSummary? Embedded);

public sealed partial class Workspace
{
    /// <summary>Extracts functions and structures and embeds them; files that have not changed are not read again.</summary>
    /// <param name="paths">Repositories, folders of repositories, folders or files.</param>
    /// <param name="options">Limits; null for the defaults. Threads are those of the workspace.</param>
    /// <param name="embed">Whether to embed, which neighbours and semantic duplicates need; it is made up for when they are asked for.</param>
    /// <param name="cancellation">Interrupts the run, which is no exception: <see cref="IndexSummary.Interrupted"/>.</param>
    /// <exception cref="XCoder.Analysis.Repositories.Walk.PathNotFoundException">A path does not exist.</exception>
    /// <exception cref="RequestException">The paths do not hold the repository that is asked for.</exception>
    /// <exception cref="StoreException">The workspace cannot be written.</exception>
    /// <exception cref="EmbeddingException">The model cannot be used; nothing was indexed.</exception>
    public IndexResult Index(IReadOnlyList<string> paths, IndexOptions? options = null, bool embed = true, CancellationToken cancellation = default)
    {
        using var hold = Hold(cancellation);
        using var model = embed ? OpenModel() : null; // a wrong one is told before the work
        var summary = Extract(hold.Folder, paths, options, cancellation);
        using var store = hold.Folder.OpenStore();
        var selection = StoreSelection.Of(summary.Scopes);
        var coverage = CoverageAnalysis.Run(store, selection);
        return new IndexResult(summary, coverage, summary.Interrupted || model is null ? null : Embed(store, model, selection, cancellation));
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
            : throw new RequestException($"Repository '{options.Repository}' is not in the paths that are given. Name its folder, or leave out --repository.");
    }

    private EmbeddingSummary Embed(SnippetStore store, IEmbeddingModel model, StoreSelection selection, CancellationToken cancellation) =>
        new EmbeddingStage(store, model, Options.Threads, cancellation).Run(selection, Options.Progress);
}
