using System.Diagnostics;
using System.Reflection;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>The main job: index, duplicates, coverage, one report.</summary>
public static class AnalysisRun
{
    private static readonly int[] SizeBounds = [10, 25, 50, 100, 200, 400, 800, 1600, int.MaxValue];

    /// <summary>Version of this library, as reports show it.</summary>
    public static string Version { get; } =
        typeof(AnalysisRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Runs the stages after indexing on what was indexed.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="selection">What to report on.</param>
    /// <param name="options">How duplicates are looked for.</param>
    /// <param name="catalog">Tells which languages are dialects of one.</param>
    /// <param name="timings">Stages that already ran, with their seconds; the report adds its own.</param>
    /// <param name="semantic">Index and rule to look for semantic duplicates with, and what they rest on; null looks for none.</param>
    /// <param name="stage">Told the name of each stage as it begins.</param>
    /// <param name="time">Source of the report's time stamp.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static AnalysisReport Report(
        WorkspaceFolder workspace,
        StoreSelection selection,
        DuplicateOptions options,
        LanguageCatalog catalog,
        IEnumerable<KeyValuePair<string, double>> timings,
        (SemanticIndex Index, SemanticOptions Options, SemanticBasis Basis)? semantic = null,
        Action<string>? stage = null,
        TimeProvider? time = null,
        CancellationToken cancellation = default)
    {
        var seconds = timings.ToList();
        using var store = workspace.OpenStore();
        stage?.Invoke("duplicates");
        var watch = Stopwatch.StartNew();
        var duplicates = DuplicateAnalysis.Run(workspace, selection, options,
            semantic: semantic is { } search ? (search.Index, search.Options) : null, cancellation: cancellation);
        var groups = duplicates.Describe(store, duplicates.Result.Groups, catalog);
        seconds.Add(KeyValuePair.Create("duplicates", watch.Elapsed.TotalSeconds));

        stage?.Invoke("coverage");
        watch.Restart();
        var coverage = CoverageAnalysis.Run(store, selection);
        var sizes = Sizes(store, selection);
        seconds.Add(KeyValuePair.Create("coverage", watch.Elapsed.TotalSeconds));
        return new AnalysisReport
        {
            ToolVersion = Version,
            CreatedAt = (time ?? TimeProvider.System).GetUtcNow(),
            Coverage = coverage,
            DuplicateOptions = options,
            Semantic = semantic?.Basis,
            Kinds = semantic is null ? DuplicateRule.WithoutVectors : [.. DuplicateRule.All.Select(rule => rule.Kind)],
            ComparedSnippets = duplicates.Result.Compared,
            Groups = groups,
            Sizes = sizes,
            Timings = seconds,
            Roots = store.Repositories().ToDictionary(row => row.Repository.Name, row => row.Repository.Root),
        };
    }

    /// <summary>Snippets by size class: upper bound in tokens → number.</summary>
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
