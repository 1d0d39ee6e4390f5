namespace XCoder.Tests.Analysis.Vectors.Umap;

/// <summary>Measures how well a layout preserves neighbourhoods.</summary>
internal static class UmapQuality
{
    /// <summary>
    /// Share of the nearest nodes in the plane that are also neighbours in the graph, in [0, 1]: the mean over a sample
    /// of nodes.
    /// </summary>
    /// <param name="places">[nodes, 2].</param>
    /// <param name="areNeighbours">Whether two nodes are neighbours in the graph.</param>
    /// <param name="nearest">Number of nearest nodes examined for each node.</param>
    /// <param name="sample">Number of nodes examined, evenly spaced.</param>
    public static double Kept(ReadOnlySpan<float> places, Func<int, int, bool> areNeighbours, int nearest = 10, int sample = 2_000)
    {
        var count = places.Length / 2;
        if (count <= nearest)
        {
            return 1;
        }

        var (kept, looked) = (0L, 0L);
        for (var i = 0; i < Math.Min(sample, count); i++)
        {
            var node = (int)((long)i * count / Math.Min(sample, count));
            foreach (var other in Nearest(places, node, nearest))
            {
                kept += areNeighbours(node, other) ? 1 : 0;
                looked++;
            }
        }

        return (double)kept / looked;
    }

    private static int[] Nearest(ReadOnlySpan<float> places, int node, int nearest)
    {
        var (x, y) = (places[2 * node], places[(2 * node) + 1]);
        var found = new PriorityQueue<int, float>();
        var farthest = float.NegativeInfinity;
        for (var other = 0; other < places.Length / 2; other++)
        {
            var (dx, dy) = (places[2 * other] - x, places[(2 * other) + 1] - y);
            var near = -((dx * dx) + (dy * dy));
            if (other != node && (found.Count < nearest || near > farthest))
            {
                found.Enqueue(other, near);
                if (found.Count > nearest)
                {
                    found.Dequeue();
                }

                found.TryPeek(out _, out farthest);
            }
        }

        return [.. found.UnorderedItems.Select(item => item.Element)];
    }
}
