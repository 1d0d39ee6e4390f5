using System.Diagnostics;
using System.Globalization;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Benchmarks.Semantic;

/// <summary>
/// The whole semantic pass over an indexed and embedded workspace: seconds a step, memory; then groups at other
/// thresholds, from the kept index.
/// </summary>
internal static class SemanticRun
{
    private static readonly double[] Thresholds = [0.12, 0.2, 0.05];

    public static int Run(string folder, string modelFolder, int threads, bool isKept)
    {
        var workspace = WorkspaceFolder.OpenExisting(folder);
        foreach (var name in isKept ? Array.Empty<string>() : ["semantic.index", "semantic.neighbours"])
        {
            File.Delete(Path.Combine(workspace.Folder, name));
        }

        using var model = EmbeddingModels.Open(modelFolder, Device.Cpu);
        var (watch, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var steps = new Steps();
        var index = SemanticIndex.Open(workspace, model, ((ITermModel)model).Tokenizer, LanguageCatalog.Open().FamilyOf, DuplicateAnalysis.TextGroups, new SemanticIndexOptions { Threads = threads }, steps);
        steps.End();
        var used = Environment.CpuUsage.TotalTime - busy;
        Say($"{index.Nodes.Snippets.Length:N0} snippets, {index.Nodes.Count:N0} nodes, {index.Graph.EdgeCount / 2:N0} pairs: {watch.Elapsed.TotalSeconds:0.0} s, {used.TotalSeconds:0.0} s of processor time, {threads} threads");
        watch.Restart();
        var analysis = DuplicateAnalysis.Run(workspace, StoreSelection.All, new DuplicateOptions { Threads = threads }, near: false, (index, new SemanticOptions()));
        Say($"groups with exact and renamed ones: {analysis.Result.Groups.Count:N0} in {watch.Elapsed.TotalSeconds:0.00} s");
        foreach (var threshold in Thresholds)
        {
            (watch, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            analysis = DuplicateAnalysis.Run(workspace, StoreSelection.All, new DuplicateOptions { Threads = threads }, near: false, (index, new SemanticOptions { Threshold = threshold }));
            Say($"threshold {threshold:0.00}: {analysis.Result.Groups.Count(group => group.Measure == "cosine"):N0} semantic groups in {watch.Elapsed.TotalSeconds:0.00} s, {(Environment.CpuUsage.TotalTime - busy).TotalSeconds:0.00} s of processor time");
        }

        watch.Restart();
        using var store = workspace.OpenStore();
        _ = SemanticIndex.Read(workspace, store, model, new SemanticIndexOptions());
        Say($"index read again in {watch.Elapsed.TotalSeconds:0.00} s; memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB at most");
        return 0;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    // A report from another step ends the one before.
    private sealed class Steps : IProgress<StageProgress>
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly Lock _gate = new();
        private string _step = "";

        public void Report(StageProgress value)
        {
            lock (_gate)
            {
                if (value.Stage != _step)
                {
                    End();
                    _step = value.Stage;
                }
            }
        }

        public void End()
        {
            if (_step.Length > 0)
            {
                Say($"  {_step,-26} {_watch.Elapsed.TotalSeconds,7:0.0} s");
            }

            _watch.Restart();
        }
    }
}
