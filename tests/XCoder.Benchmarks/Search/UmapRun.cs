using System.Diagnostics;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Umap;
using XCoder.Tests.Analysis.Vectors.Umap;

namespace XCoder.Benchmarks.Search;

/// <summary>Time of a layout in the plane, and what it keeps of the neighbourhoods, against two principal axes.</summary>
internal static class UmapRun
{
    public static int Run(Arguments arguments)
    {
        var vectors = BenchmarkVectors.Of(arguments, 0);
        var threads = (int)arguments.Number("threads", 2);
        Console.WriteLine($"{vectors.Description}; {threads} threads");
        var watch = Stopwatch.StartNew();
        var graph = NeighbourGraphs.Build(vectors.Table, vectors.Labels, new NeighbourGraphOptions { Threads = threads, PerLabel = (int)arguments.Number("per-label", 0), Neighbours = 15 });
        Console.WriteLine($"graph:   {watch.Elapsed.TotalSeconds:0.0} s");
        var sets = Enumerable.Range(0, graph.Count).Select(row => graph[row].ToArray().Select(hit => hit.Row).ToHashSet()).ToArray();
        bool AreNear(int a, int b) => sets[a].Contains(b) || sets[b].Contains(a);
        var options = new UmapOptions { Threads = threads, Rounds = (int)arguments.Number("rounds", new UmapOptions().Rounds), Repulsion = arguments.Number("repulsion", (long)(100 * new UmapOptions().Repulsion)) / 100.0 };
        watch.Restart();
        var start = UmapLayout.Of(graph, vectors.Table, options with { Rounds = 0 });
        Console.WriteLine($"axes:    {watch.Elapsed.TotalSeconds:0.0} s, {UmapQuality.Kept(start, AreNear):0.0000} of the ten nearest in the plane are neighbours");
        watch.Restart();
        var before = Environment.CpuUsage.TotalTime;
        var places = UmapLayout.Of(graph, vectors.Table, options);
        Console.WriteLine($"layout:  {watch.Elapsed.TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} s of processor time, {UmapQuality.Kept(places, AreNear):0.0000}");
        watch.Restart();
        before = Environment.CpuUsage.TotalTime;
        var few = UmapNeighbours.Of(vectors.Table, options);
        Console.WriteLine($"few:     {watch.Elapsed.TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.0} s of processor time, {Enumerable.Range(0, few.Count).Average(row => few[row].ToArray().Count(hit => sets[row].Contains(hit.Row)) / 15.0):0.0000} of the neighbours on few axes are neighbours");
        places = UmapLayout.Of(few, vectors.Table, options);
        Console.WriteLine($"layout:  {UmapQuality.Kept(places, AreNear):0.0000} by neighbours on few axes");
        return 0;
    }
}
