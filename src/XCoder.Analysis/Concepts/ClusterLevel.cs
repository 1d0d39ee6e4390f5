using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Concepts;

/// <summary>
/// A graph whose nodes stand for sets of the first graph's nodes: their sizes, and between any two of them the sum of
/// what the edges are worth above a pair without one.
/// </summary>
internal sealed class ClusterLevel(int[] starts, int[] others, float[] excess, int[] sizes)
{
    // Worths are whole multiples of 1/4096, so that sums of them do not depend on their order.
    private const float Steps = 4096;

    public int Count => sizes.Length;

    /// <summary>Nodes of the first graph in a node.</summary>
    public ReadOnlySpan<int> Sizes => sizes;

    public ReadOnlySpan<int> Others(int node) => others.AsSpan(starts[node]..starts[node + 1]);

    /// <summary>Worth of the edges to <see cref="Others"/>, in the same order, above 0.</summary>
    public ReadOnlySpan<float> Excess(int node) => excess.AsSpan(starts[node]..starts[node + 1]);

    /// <summary>The level of single nodes.</summary>
    public static ClusterLevel Of(WeightedGraph graph, float missing)
    {
        var starts = new int[graph.Count + 1];
        for (var node = 0; node < graph.Count; node++)
        {
            var kept = starts[node];
            foreach (var edge in graph[node])
            {
                kept += edge.Weight > missing ? 1 : 0;
            }

            starts[node + 1] = kept;
        }

        var (others, excess, at) = (new int[starts[^1]], new float[starts[^1]], 0);
        for (var node = 0; node < graph.Count; node++)
        {
            foreach (var edge in graph[node])
            {
                if (edge.Weight > missing)
                {
                    others[at] = edge.Other;
                    excess[at++] = MathF.Max(1, MathF.Round((edge.Weight - missing) * Steps)) / Steps;
                }
            }
        }

        var sizes = new int[graph.Count];
        Array.Fill(sizes, 1);
        return new ClusterLevel(starts, others, excess, sizes);
    }

    /// <summary>The level above: one node a cluster.</summary>
    /// <param name="of">Cluster of each node, below <paramref name="clusters"/>.</param>
    /// <param name="clusters">Number of clusters.</param>
    public ClusterLevel Aggregate(int[] of, int clusters)
    {
        var members = new ClusterMembers(of, clusters);
        var (upperStarts, upperSizes) = (new int[clusters + 1], new int[clusters]);
        var (upperOthers, upperExcess) = (new List<int>(), new List<float>());
        var sums = new ClusterSums(clusters);
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            sums.Clear();
            foreach (var node in members[cluster])
            {
                upperSizes[cluster] += sizes[node];
                for (var i = starts[node]; i < starts[node + 1]; i++)
                {
                    if (of[others[i]] != cluster)
                    {
                        sums.Add(of[others[i]], excess[i]);
                    }
                }
            }

            foreach (var other in sums.Touched)
            {
                upperOthers.Add(other);
                upperExcess.Add((float)sums[other]);
            }

            upperStarts[cluster + 1] = upperOthers.Count;
        }

        return new ClusterLevel(upperStarts, [.. upperOthers], [.. upperExcess], upperSizes);
    }
}
