using System.Numerics;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Umap;

/// <summary>
/// Moves nodes by attraction along edges and repulsion from nodes drawn at random. In each of a round's turns one node
/// in so many moves, by where all stood before it: hence threads do not matter. A node's own steps follow one another,
/// as in stochastic descent, so that hubs do not overshoot.
/// </summary>
internal sealed class UmapForces(UmapEdges edges, UmapOptions options)
{
    private const int Turns = 8;
    private const int NodesAtOnce = 512;
    private const float Extent = 10;
    private const float MostMove = 4;

    // Keeps parts without an edge between them from drifting apart for ever.
    private const float Gravity = 2e-4f;

    /// <summary>Brings places to a root mean square of <see cref="Extent"/> / 2 about the origin.</summary>
    public static void Scale(Span<float> places)
    {
        var sum = 0.0;
        foreach (var value in places)
        {
            sum += value * value;
        }

        var scale = Extent / 2 / (float)Math.Max(Math.Sqrt(sum / Math.Max(1, places.Length)), 1e-20);
        foreach (ref var value in places)
        {
            value *= scale;
        }
    }

    public void Run(float[] places, IProgress<(long Done, long All)>? progress, CancellationToken cancellation)
    {
        var count = edges.Count;
        if (count < 2)
        {
            return;
        }

        var now = new Vector2[count];
        for (var node = 0; node < count; node++)
        {
            // Equal rows would stay together for ever; a hair apart they do not.
            var draw = new Draw(options.Seed, -1, node);
            now[node] = new Vector2(places[2 * node] + (1e-3f * draw.Share()), places[(2 * node) + 1] + (1e-3f * draw.Share()));
        }

        var next = (Vector2[])now.Clone();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation };
        for (var round = 0; round < options.Rounds; round++)
        {
            progress?.Report((round, options.Rounds));
            var step = 1 - ((float)round / options.Rounds);
            for (var turn = 0; turn < Turns; turn++)
            {
                var first = turn;
                var movers = (count - first + Turns - 1) / Turns;
                Parallel.For(0, ExactSearch.Blocks(movers, NodesAtOnce), parallel, block =>
                {
                    for (var i = block * NodesAtOnce; i < Math.Min(movers, (block + 1) * NodesAtOnce); i++)
                    {
                        var node = first + (i * Turns);
                        next[node] = Moved(node, now, round, step);
                    }
                });
                for (var node = first; node < count; node += Turns)
                {
                    now[node] = next[node];
                }
            }
        }

        for (var node = 0; node < count; node++)
        {
            (places[2 * node], places[(2 * node) + 1]) = (now[node].X, now[node].Y);
        }
    }

    private Vector2 Moved(int node, Vector2[] now, int round, float step)
    {
        var place = now[node];
        var weights = 0f;
        foreach (var (other, weight) in edges[node])
        {
            var away = place - now[other];
            place -= Clipped(away * (2 * weight / (1 + away.LengthSquared()))) * step;
            weights += weight;
        }

        var draw = new Draw(options.Seed, round, node);
        var repels = (options.Repulsion * weights) + draw.Share();
        for (var i = 1; i <= repels; i++)
        {
            var other = draw.Below(now.Length);
            if (other != node)
            {
                var away = place - now[other];
                var square = away.LengthSquared();
                place += Clipped(away * (2 / ((0.001f + square) * (1 + square)))) * step;
            }
        }

        return place * (1 - (Gravity * step));
    }

    private static Vector2 Clipped(Vector2 move) => Vector2.Clamp(move, new Vector2(-MostMove), new Vector2(MostMove));

    // Numbers that depend on seed, round and node alone (SplitMix64: Steele, Lea and Flood 2014).
    private struct Draw(int seed, int round, int node)
    {
        private ulong _state = Mixed(((ulong)(uint)seed << 32) ^ (uint)round) ^ Mixed((ulong)node * 0x9E3779B97F4A7C15);

        /// <summary>In [0, 1).</summary>
        public float Share() => (Next() >> 40) * (1f / (1 << 24));

        public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

        private ulong Next() => Mixed(_state += 0x9E3779B97F4A7C15);

        private static ulong Mixed(ulong value)
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}

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
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            node => own[node] = Weigh(neighbours(node), options.Neighbours));
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
        Array.Sort(neighbours, static (a, b) => a.Similarity != b.Similarity ? b.Similarity.CompareTo(a.Similarity)
            : a.Other.CompareTo(b.Other));
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
