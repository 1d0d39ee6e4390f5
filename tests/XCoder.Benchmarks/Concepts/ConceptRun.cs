using System.Diagnostics;
using System.Globalization;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Benchmarks.Concepts;

/// <summary>
/// Time and memory of clustering: a synthetic graph with planted clusters, or one from a file, a line an edge: node,
/// node, margin.
/// </summary>
internal static class ConceptRun
{
    public static int Run(Arguments arguments)
    {
        var options = new ConceptOptions { Threshold = arguments.Number("threshold", 0) / 1000f, MinMembers = (int)arguments.Number("members", 3) };
        var watch = Stopwatch.StartNew();
        var graph = arguments.Next() is { } path ? Read(path) : Synthesize((int)arguments.Number("nodes", 1_000_000), (int)arguments.Number("degree", 30));
        Console.WriteLine($"{graph.Count} nodes, {Enumerable.Range(0, graph.Count).Sum(node => (long)graph[node].Length) / 2} edges, made in {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Restart();
        var clusters = new ConceptFinder(options).Find(graph);
        var members = clusters.Members.Sum(static cluster => cluster.Length);
        Console.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s: {clusters.Members.Count} concepts of {members} nodes, the largest of {clusters.Members.Select(static cluster => cluster.Length).DefaultIfEmpty().Max()}; {100.0 * (graph.Count - members) / Math.Max(1, graph.Count):0.0} % noise");
        Console.WriteLine($"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB at most");
        if (arguments.Text("output") is { } output)
        {
            File.WriteAllLines(output, clusters.Of.ToArray().Select(static cluster => cluster.ToString(CultureInfo.InvariantCulture)));
        }

        return 0;
    }

    private static WeightedGraph Read(string path)
    {
        var edges = File.ReadLines(path).Select(static line => line.Split(' '))
            .Select(static parts => (A: int.Parse(parts[0], CultureInfo.InvariantCulture), B: int.Parse(parts[1], CultureInfo.InvariantCulture), Weight: float.Parse(parts[2], CultureInfo.InvariantCulture))).ToList();
        var builder = new WeightedGraphBuilder(edges.Select(static edge => Math.Max(edge.A, edge.B) + 1).DefaultIfEmpty().Max());
        edges.ForEach(edge => builder.Add(edge.A, edge.B, edge.Weight));
        return builder.Build();
    }

    // Half of the nodes in clusters of 2 to 40; neighbours by chance, most of them near each other as code of one
    // project is, fill every node up to the degree.
    private static WeightedGraph Synthesize(int nodes, int degree)
    {
        var random = new Random(1);
        var order = Enumerable.Range(0, nodes).ToArray();
        random.Shuffle(order);
        var builder = new WeightedGraphBuilder(nodes);
        for (int begin = 0, size; begin < nodes / 2; begin += size)
        {
            size = 2 + (int)(38 * Math.Pow(random.NextDouble(), 4));
            for (var a = begin; a < begin + size && a < nodes; a++)
            {
                for (var b = a + 1; b < begin + size && b < nodes; b++)
                {
                    if (random.NextDouble() < 0.85)
                    {
                        builder.Add(order[a], order[b], 0.1f + (0.3f * random.NextSingle()));
                    }
                }
            }
        }

        for (var node = 0; node < nodes; node++)
        {
            for (var chance = 0; chance < degree / 2; chance++)
            {
                var other = random.Next(3) > 0 ? (node + 1 + random.Next(200)) % nodes : random.Next(nodes);
                if (other != node)
                {
                    builder.Add(node, other, -0.2f + (0.3f * random.NextSingle()));
                }
            }
        }

        return builder.Build();
    }
}
