using System.Diagnostics;
using System.Text;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Umap;
using XCoder.Tests.Analysis.Vectors.Umap;

namespace XCoder.Benchmarks.Search;

/// <summary>Time and size of a page with the map and the concepts of a workspace that has a semantic index.</summary>
internal static class MapRun
{
    public static int Run(string folder, string page, int points, int threads)
    {
        var workspace = WorkspaceFolder.OpenExisting(folder);
        var catalog = LanguageCatalog.Open();
        var index = Index(Path.Combine(folder, SemanticIndex.FileName));
        using var store = workspace.OpenStore();
        var concepts = Timed("concepts", () => ConceptAnalysis.Open(workspace, index, catalog.FamilyOf));
        var matrix = Timed("matrix", () => new ConceptCoverage(store, concepts, StoreSelection.All, catalog.FamilyOf, new SemanticIndexOptions().MinTokens).Matrix);
        var samples = Timed("samples", () => ConceptSamples.Of(store, index, concepts.Concepts, catalog.FamilyOf));
        var map = Timed("map", () => MapAnalysis.Run(workspace, index, concepts.Concepts, new MapOptions { MaxPoints = points, Threads = threads }, new Steps()));
        if (map.Points.Count == index.Nodes.Count)
        {
            float[] places = [.. map.Points.SelectMany(point => new[] { point.X, point.Y })];
            Console.WriteLine($"kept:     {UmapQuality.Kept(places, (a, b) => index.Graph.Edge(a, b)?.Margin is not null):0.0000} of the ten nearest in the plane are neighbours");
        }

        var report = new AnalysisReport
        {
            ToolVersion = "benchmark",
            CreatedAt = TimeProvider.System.GetUtcNow(),
            Coverage = CoverageAnalysis.Run(store, StoreSelection.All),
            DuplicateOptions = new DuplicateOptions(),
            ComparedSnippets = 0,
            Groups = [],
            Sizes = [],
            Timings = [],
            Concepts = new ConceptReport { Matrix = matrix, Gaps = [], Basis = new SemanticBasis { Model = index.Model, Threshold = new SemanticOptions().Threshold, Source = "default" } },
            ConceptSamples = samples,
            Map = map,
        };
        Timed("page", () =>
        {
            using var writer = new StreamWriter(page, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            HtmlReport.Write(writer, report, store.Code, new HtmlReportOptions { Duplicates = false });
            return 0;
        });
        Console.WriteLine($"{map.Points.Count} points of {map.All}, {matrix.Rows.Count} concepts, {new FileInfo(page).Length / 1e6:0.00} MB");
        return 0;
    }

    // Whatever build made it.
    private static SemanticIndex Index(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        reader.ReadString();
        return new SemanticIndexFile(path).Read(reader.ReadString()) ?? throw new ArgumentException($"{path} holds no semantic index.");
    }

    private static T Timed<T>(string what, Func<T> work)
    {
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var result = work();
        Console.WriteLine($"{what + ":",-9} {watch.Elapsed.TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} s of processor time");
        return result;
    }

    private sealed class Steps : IProgress<StageProgress>
    {
        private readonly Stopwatch _since = Stopwatch.StartNew();
        private string _step = "";

        public void Report(StageProgress value)
        {
            if (_step != value.Stage)
            {
                _step = value.Stage;
                Console.WriteLine($"  {_since.Elapsed.TotalSeconds:0.0} s: {_step}");
            }
        }
    }
}
