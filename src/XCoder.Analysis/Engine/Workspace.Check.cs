using System.Diagnostics;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>With what to compare a work tree, and how.</summary>
public sealed record CheckQuery
{
    /// <summary>The revision: a hash or its beginning, a branch, a tag, <c>origin/main</c>, <c>HEAD~2</c>.</summary>
    public required string Base { get; init; }

    /// <summary>
    /// Whether to compare with the revision itself. By default the work tree is compared with the commit from which the revision and
    /// HEAD came, as in a pull request: what happened on the other branch since is no change of this one.
    /// </summary>
    public bool IsDirect { get; init; }

    /// <summary>Limits of indexing.</summary>
    public IndexOptions Index { get; init; } = new();

    /// <summary>Options of the search for copies. The number of threads is taken from the workspace.</summary>
    public DuplicateOptions Duplicates { get; init; } = new();

    /// <summary>What makes the check fail; null if nothing does.</summary>
    public ChangeGate? Gate { get; init; }

    /// <summary>Whether to look for what new functions do in other languages, which needs an embedding model. Default true.</summary>
    public bool IsSemantic { get; init; } = true;
}

/// <summary>Result of <see cref="Workspace.Check"/>.</summary>
/// <param name="Index">What indexing did, and whether it was interrupted.</param>
/// <param name="Report">The report; null if indexing was interrupted.</param>
/// <param name="Coverage">What of the paths was parsed, and why other files were skipped; null if indexing was interrupted.</param>
public sealed record CheckResult(IndexSummary Index, ChangeReport? Report, CoverageReport? Coverage);

public sealed partial class Workspace
{
    /// <summary>
    /// Compares a work tree with a revision: brings the index up to date, reads what changed from git's objects, and finds what the
    /// change does to the duplicates of the workspace. No program runs.
    /// </summary>
    /// <param name="paths">A work tree or a part of it; only changes there are looked at, but copies anywhere in the workspace.</param>
    /// <param name="query">With what to compare.</param>
    /// <param name="time">Clock for the report's time stamp; null uses the system's.</param>
    /// <param name="cancellation">Interrupts the run; what was finished is kept.</param>
    /// <exception cref="XCoder.Analysis.Repositories.Walk.PathNotFoundException">A path does not exist.</exception>
    /// <exception cref="RequestException">
    /// The paths are not of one work tree, the revision does not exist, or the clone lacks it or is damaged.
    /// </exception>
    /// <exception cref="StoreException">The workspace cannot be written.</exception>
    /// <exception cref="XCoder.Analysis.Embeddings.Runtime.EmbeddingException">The model cannot be used.</exception>
    public CheckResult Check(IReadOnlyList<string> paths, CheckQuery query, TimeProvider? time = null,
        CancellationToken cancellation = default)
    {
        var options = query.Duplicates with { Threads = Options.Threads };
        options.Validate();
        using var hold = Hold(cancellation);
        var (watch, timings) = (Stopwatch.StartNew(), new List<KeyValuePair<string, double>>());

        // Whether a licence changed is no matter of a check, and takes longer than all else; the next run of indexing looks.
        var summary = Extract(hold.Folder, paths, query.Index with { ChecksLicences = false }, cancellation);
        if (summary.Interrupted)
        {
            return new CheckResult(summary, null, null);
        }

        Lap("index");
        try
        {
            using var store = hold.Folder.OpenStore();
            var (id, repository) = Only(store, summary, paths);
            string[] scopes = [.. summary.Scopes.Where(scope => scope.Repository == repository.Name).Select(static scope => scope.Path)];
            var change = ChangeReader.Read(hold.Folder, Catalog, query.Index with { Threads = Options.Threads }, repository, scopes,
                store.FileStates(id), [.. scopes.SelectMany(scope => store.SkipsIn(id, scope)).Distinct()], query.Base, query.IsDirect,
                cancellation);
            Lap("compare");
            var filter = new FindingFilter(Ignores(store));
            using var semantic = new Ahead<SemanticState>(() => OpenSemantic(hold.Folder, options.MinTokens, isForFew: true, cancellation));
            var analysis = ChangeAnalysis.Run(hold.Folder, Catalog, options, repository.Name, change.Files, change.Before, filter,
                query.IsSemantic && HasLanguages(store) ? semantic.Begin : null, cancellation);
            Lap("copies");
            var (parallels, basis) = semantic.HasBegun && analysis.NewFunctions.Count > 0 ? Parallels(store, analysis, semantic.Result)
                : ([], null);
            if (basis is not null)
            {
                Lap("other languages");
            }

            var findings = ChangeReport.Order([.. analysis.Findings, .. filter.Keep(parallels, store)]);
            LastCheck.Write(hold.Folder, store, findings);
            var coverage = CoverageAnalysis.Run(store, StoreSelection.Of(summary.Scopes));
            return new CheckResult(summary, new ChangeReport
            {
                ToolVersion = AnalysisRun.Version,
                CreatedAt = (time ?? TimeProvider.System).GetUtcNow(),
                Gate = query.Gate,
                Repository = repository,
                Revision = query.Base,
                Base = change.Base,
                IsMergeBase = change.IsMergeBase,
                Files = change.Files,
                Findings = findings,
                Ignored = filter.Ignored,
                Unread = change.Unread,
                ChangedTokens = analysis.Tokens.Changed,
                DuplicatedTokens = analysis.Tokens.Duplicated,
                Losses = [.. coverage.Losses, .. change.Losses],
                Options = options,
                Basis = basis,
                Timings = timings,
                Roots = store.Repositories().ToDictionary(static row => row.Repository.Name, static row => row.Repository.Root),
            }, coverage);
        }
        catch (GitException exception)
        {
            throw new RequestException(exception.Message);
        }

        void Lap(string stage)
        {
            timings.Add(KeyValuePair.Create(stage, watch.Elapsed.TotalSeconds));
            watch.Restart();
        }
    }

    // The work tree in which all paths lie; those below it, such as submodules, are others.
    private static (long Id, Repository Repository) Only(SnippetStore store, IndexSummary summary, IReadOnlyList<string> paths)
    {
        var names = summary.Scopes.Select(static scope => scope.Repository).Distinct().ToList();
        var found = store.Repositories().Where(row => names.Contains(row.Repository.Name)).ToList();
        var places = paths.Select(RepositoryLocator.Canonical).ToList();
        var around = found.Where(row => places.TrueForAll(place => (place + "/").StartsWith(row.Repository.Root.TrimEnd('/') + "/",
            StringComparison.Ordinal))).OrderByDescending(static row => row.Repository.Root.Length).ToList();
        return around.Count > 0 ? around[0] : found.Count == 1 ? found[0]
            : throw new RequestException($"The paths hold {names.Count} repositories: "
                + $"{string.Join(", ", names.Order(StringComparer.Ordinal).Take(5))}{(names.Count > 5 ? ", …" : "")}. A check "
                + "compares one: name its folder, or choose one with --repository.");
    }

    private bool HasLanguages(SnippetStore store) =>
        store.FileLanguages(StoreSelection.All).Values.Distinct().Select(Catalog.FamilyOf).Distinct().Skip(1).Any();

    private static (IReadOnlyList<ChangeFinding> Findings, SemanticBasis? Basis) Parallels(SnippetStore store, ChangeAnalysis analysis,
        SemanticState semantic) => (ParallelFinder.Find(semantic.Index, semantic.Rule, analysis.NewFunctions, analysis.NewSnippets,
            analysis.BaseNames, store.Snippets), semantic.Basis);

    // Work that is begun before it is sure that its result is needed. It has ended when this is disposed of.
    private sealed class Ahead<T>(Func<T> work) : IDisposable
    {
        private Task<T>? _task;

        public bool HasBegun => _task is not null;

        public T Result => _task!.GetAwaiter().GetResult();

        public void Begin() => _task ??= Task.Run(work);

        public void Dispose()
        {
            try
            {
                _task?.Wait();
            }
            catch (AggregateException)
            {
                // Whoever asked for the result was told.
            }
        }
    }
}
