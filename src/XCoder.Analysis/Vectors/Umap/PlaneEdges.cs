namespace XCoder.Analysis.Vectors.Umap;

/// <summary>
/// What attracts what in the plane: the nearest neighbours of every node, weighted so that each node has about as much
/// of them however dense its surroundings, then made symmetric (the fuzzy sets of UMAP, section 3.1).
/// </summary>
internal sealed class UmapEdges
{
    private const int Halvings = 48;

    private readonly int[] _starts;
    private readonly (int Other, float Weight)[] _edges;

    private UmapEdges(int[] starts, (int Other, float Weight)[] edges) => (_starts, _edges) = (starts, edges);

    /// <summary>Number of nodes.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The edges of a node, weights in (0, 1].</summary>
    public ReadOnlySpan<(int Other, float Weight)> this[int node] => _edges.AsSpan(_starts[node].._starts[node + 1]);

    /// <summary>Edges by similarities: any numbers that are the greater the nearer two nodes are.</summary>
    public static UmapEdges Of(int count, Func<int, (int Other, float Similarity)[]> neighbours, UmapOptions options)
    {
        var own = new (int Other, float Weight)[count][];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, node => own[node] = Weigh(neighbours(node), options.Neighbours));
        var starts = new int[count + 1];
        for (var node = 0; node < count; node++)
        {
            starts[node + 1] += own[node].Length;
            foreach (var (other, _) in own[node])
            {
                starts[other + 1]++;
            }
        }

        for (var node = 0; node < count; node++)
        {
            starts[node + 1] += starts[node];
        }

        var (all, next) = (new (int Other, float Weight)[starts[^1]], starts[..^1]);
        for (var node = 0; node < count; node++)
        {
            foreach (var (other, weight) in own[node])
            {
                all[next[node]++] = (other, weight);
                all[next[other]++] = (node, weight);
            }
        }

        return Merge(starts, all);
    }

    // What is told from both ends is one edge: a + b - ab.
    private static UmapEdges Merge(int[] starts, (int Other, float Weight)[] all)
    {
        var (merged, length) = (new int[starts.Length], 0);
        for (var node = 0; node < starts.Length - 1; node++)
        {
            var row = all.AsSpan(starts[node]..starts[node + 1]);
            row.Sort(static (a, b) => a.Other.CompareTo(b.Other));
            var first = length;
            foreach (var edge in row)
            {
                if (length > first && all[length - 1].Other == edge.Other)
                {
                    var weight = all[length - 1].Weight;
                    all[length - 1].Weight = weight + edge.Weight - (weight * edge.Weight);
                }
                else
                {
                    all[length++] = edge;
                }
            }

            merged[node + 1] = length;
        }

        return new UmapEdges(merged, all[..length]);
    }

    private static (int Other, float Weight)[] Weigh((int Other, float Similarity)[] neighbours, int count)
    {
        Array.Sort(neighbours, static (a, b) => a.Similarity != b.Similarity ? b.Similarity.CompareTo(a.Similarity) : a.Other.CompareTo(b.Other));
        var nearest = neighbours.AsSpan(0, Math.Min(count, neighbours.Length));
        if (nearest.Length == 0)
        {
            return [];
        }

        // The scale at which the weights add up to log2 of the number that is sought.
        var (best, aim) = (nearest[0].Similarity, Math.Min(Math.Log2(count), 0.9 * nearest.Length));
        var (low, high) = (1e-6, 16.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            var sum = 0.0;
            foreach (var (_, similarity) in nearest)
            {
                sum += Math.Exp((similarity - best) / middle);
            }

            (low, high) = sum < aim ? (middle, high) : (low, middle);
        }

        var weighed = new (int Other, float Weight)[nearest.Length];
        for (var i = 0; i < weighed.Length; i++)
        {
            weighed[i] = (nearest[i].Other, (float)Math.Max(1e-3, Math.Exp((nearest[i].Similarity - best) / high)));
        }

        return weighed;
    }
}
