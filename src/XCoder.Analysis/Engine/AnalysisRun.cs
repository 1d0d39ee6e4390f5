using System.Diagnostics;
using System.Reflection;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>Runs the main analysis after indexing: duplicates, coverage, one report.</summary>
public static class AnalysisRun
{
    private static readonly int[] SizeBounds = [10, 25, 50, 100, 200, 400, 800, 1600, int.MaxValue];

    /// <summary>Version of this library, as reports show it.</summary>
    public static string Version { get; } =
        typeof(AnalysisRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Analyses what is indexed and returns the report.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="selection">The snippets to report on.</param>
    /// <param name="options">Options of the search for duplicates.</param>
    /// <param name="catalog">Tells which languages are dialects of which.</param>
    /// <param name="timings">Stages that have already run, with their seconds; the report adds its own.</param>
    /// <param name="semantic">Index, rule and basis of semantic duplicates; null searches for none.</param>
    /// <param name="ignores">What is left out of the groups; null for nothing.</param>
    /// <param name="stage">Receives the name of each stage as it begins.</param>
    /// <param name="time">Clock for the report's time stamp.</param>
    /// <param name="cancellation">Cancels the run.</param>
    public static AnalysisReport Report(
        WorkspaceFolder workspace,
        StoreSelection selection,
        DuplicateOptions options,
        LanguageCatalog catalog,
        IEnumerable<KeyValuePair<string, double>> timings,
        (SemanticIndex Index, SemanticOptions Options, SemanticBasis Basis)? semantic = null,
        IgnoreSet? ignores = null,
        Action<string>? stage = null,
        TimeProvider? time = null,
        CancellationToken cancellation = default)
    {
        var seconds = timings.ToList();
        using var store = workspace.OpenStore();
        stage?.Invoke("duplicates");
        var watch = Stopwatch.StartNew();
        var duplicates = DuplicateAnalysis.Run(workspace, selection, options,
            semantic: semantic is { } search ? (search.Index, search.Options) : null, files: true, cancellation: cancellation);
        var (found, ignored) = GroupFilter.Run(ignores ?? IgnoreSet.None, duplicates, store, duplicates.Result.Groups, catalog);
        var groups = duplicates.Describe(store, found, catalog);
        seconds.Add(KeyValuePair.Create("duplicates", watch.Elapsed.TotalSeconds));

        stage?.Invoke("coverage");
        watch.Restart();
        var report = Coverage(store, selection, options, time);
        seconds.Add(KeyValuePair.Create("coverage", watch.Elapsed.TotalSeconds));
        return report with
        {
            Semantic = semantic?.Basis,
            Kinds = semantic is null ? DuplicateRule.WithoutVectors : [.. DuplicateRule.All.Select(rule => rule.Kind)],
            ComparedSnippets = duplicates.Result.Compared,
            ProductionTokens = duplicates.Result.ProductionTokens,
            Hidden = [DuplicateSection.Similar],
            Groups = groups,
            Ignored = ignored,
            Timings = seconds,
        };
    }

    // The report of what is indexed, without duplicates: none were looked for.
    internal static AnalysisReport Coverage(SnippetStore store, StoreSelection selection, DuplicateOptions options,
        TimeProvider? time = null) => new()
    {
        ToolVersion = Version,
        CreatedAt = (time ?? TimeProvider.System).GetUtcNow(),
        Coverage = CoverageAnalysis.Run(store, selection),
        DuplicateOptions = options,
        Kinds = [],
        ComparedSnippets = 0,
        Groups = [],
        Sizes = Sizes(store, selection),
        Timings = [],
        Roots = store.Repositories().ToDictionary(row => row.Repository.Name, row => row.Repository.Root),
    };

    /// <summary>Counts snippets by size: upper bound in tokens → number of snippets.</summary>
    public static IReadOnlyList<KeyValuePair<int, int>> Sizes(SnippetStore store, StoreSelection selection)
    {
        var counts = new int[SizeBounds.Length];
        foreach (var tokens in store.TokenCounts(selection))
        {
            counts[Array.FindIndex(SizeBounds, bound => tokens <= bound)]++;
        }

        return [.. SizeBounds.Zip(counts, KeyValuePair.Create)];
    }
}
