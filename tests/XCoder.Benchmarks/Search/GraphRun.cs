using System.Diagnostics;
using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Benchmarks.Search;

/// <summary>Time, memory and recall of a neighbour graph, and of adding rows to it.</summary>
internal static class GraphRun
{
    public static int Run(Arguments arguments)
    {
        var vectors = BenchmarkVectors.Of(arguments, 0);
        var (table, labels) = (vectors.Table, vectors.Labels);
        var options = new NeighbourGraphOptions
        {
            Neighbours = (int)arguments.Number("neighbours", 30),
            Threads = (int)arguments.Number("threads", 2),
            Partitions = (int)arguments.Number("partitions", 0),
            Probes = (int)arguments.Number("probes", 96),
            LabelProbes = (int)arguments.Number("label-probes", 2),
            Axes = (int)arguments.Number("axes", 128),
            Rounds = (int)arguments.Number("rounds", 3),
            ExactRows = (int)arguments.Number("exact", 50_000),
        };
        Console.WriteLine($"{vectors.Description}; {options.Threads} threads");
        GC.Collect();
        Console.WriteLine($"vectors:   {Environment.WorkingSet >> 20} MiB in memory");
        if (arguments.Number("add", 0) is > 0 and var added)
        {
            return Update(table, labels, options, table.Count - (int)added);
        }

        var graph = Timed("build", progress => NeighbourGraphs.Build(table, labels, options, progress));
        Console.WriteLine($"           {Enumerable.Range(0, graph.Count).Sum(row => (long)graph[row].Length) / (double)graph.Count:0.0} hits a row, recall {graph.Recall:0.0000} as the graph says");
        Recalls(table, labels, options, graph, (int)arguments.Number("sample", 512));
        using var file = new MemoryStream();
        graph.Write(file);
        Console.WriteLine($"written:   {file.Length >> 20} MiB");
        return Memory();
    }

    private static int Memory()
    {
        Console.WriteLine($"memory:    {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most");
        return 0;
    }

    private static int Update(VectorTable table, byte[] labels, NeighbourGraphOptions options, int before)
    {
        var (less, row) = (new VectorTable(table.Dimension, table.IsHalf), new float[table.Dimension]);
        for (var i = 0; i < before; i++)
        {
            table.CopyRow(i, row);
            less.Add(row.AsSpan());
        }

        var old = Timed("smaller", progress => NeighbourGraphs.Build(less, labels.AsMemory(0, before), options, progress));
        int[] oldRowOf = [.. Enumerable.Range(0, table.Count).Select(i => i < before ? i : -1)];
        var graph = Timed("update", progress => NeighbourGraphs.Update(old, oldRowOf, table, labels, options, progress));
        Recalls(table, labels, options, graph, 512);
        return Memory();
    }

    private static NeighbourGraph Timed(string what, Func<IProgress<(long Done, long All)>, NeighbourGraph> build)
    {
        var (watch, before, gap) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, new Gaps());
        var graph = build(gap);
        Console.WriteLine($"{what + ":",-10} {watch.Elapsed.TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} s of processor time; {gap.Longest.TotalSeconds:0.0} s without progress at most, last {gap.Last:0.00} %");
        return graph;
    }

    private static void Recalls(VectorTable table, byte[] labels, NeighbourGraphOptions options, NeighbourGraph graph, int count)
    {
        var random = new Random(9);
        int[] sample = [.. Enumerable.Range(0, count).Select(_ => random.Next(table.Count)).Distinct()];
        var truth = new ExactGraph(table, labels, LabelOrder.Of(labels), options).Hits(sample, [.. Enumerable.Range(0, table.Count)], new WorkProgress(null, 0), CancellationToken.None);
        var (found, all, foundOther, allOther, foundLoose, allLoose) = (0, 0, 0, 0, 0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            var hits = graph[sample[i]].ToArray().ToHashSet();
            var best = truth[i].Take(10).ToArray();
            (found, all) = (found + best.Count(hits.Contains), all + best.Length);
            var others = truth[i].Where(hit => labels[hit.Row] != labels[sample[i]]).ToArray();
            (foundOther, allOther) = (foundOther + others.Count(hits.Contains), allOther + others.Length);
            var near = others.Where(hit => hit.Cosine >= 0.5f).ToArray();
            (foundLoose, allLoose) = (foundLoose + near.Count(hits.Contains), allLoose + near.Length);
        }

        Console.WriteLine($"recall:    {(double)found / all:0.0000} of the ten nearest; {(double)foundOther / Math.Max(1, allOther):0.0000} of hits of other labels ({(double)allOther / sample.Length:0.0} a row), {(double)foundLoose / Math.Max(1, allLoose):0.0000} of those above 0.5");
    }

    private sealed class Gaps : IProgress<(long Done, long All)>
    {
        private readonly Stopwatch _since = Stopwatch.StartNew();

        public TimeSpan Longest { get; private set; }

        public double Last { get; private set; }

        public void Report((long Done, long All) value)
        {
            Longest = _since.Elapsed > Longest ? _since.Elapsed : Longest;
            Last = 100.0 * value.Done / Math.Max(1, value.All);
            _since.Restart();
        }
    }
}
