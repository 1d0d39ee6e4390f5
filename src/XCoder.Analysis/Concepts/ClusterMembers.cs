namespace XCoder.Analysis.Concepts;

/// <summary>Nodes by cluster, ascending within each.</summary>
internal sealed class ClusterMembers
{
    private readonly int[] _starts;
    private readonly int[] _nodes;

    /// <param name="of">Cluster of each node, below <paramref name="clusters"/>; nodes below 0 are left out.</param>
    /// <param name="clusters">Number of clusters.</param>
    public ClusterMembers(ReadOnlySpan<int> of, int clusters)
    {
        _starts = new int[clusters + 1];
        foreach (var cluster in of)
        {
            if (cluster >= 0)
            {
                _starts[cluster + 1]++;
            }
        }

        for (var cluster = 0; cluster < clusters; cluster++)
        {
            _starts[cluster + 1] += _starts[cluster];
        }

        _nodes = new int[_starts[clusters]];
        var next = _starts.AsSpan(0, clusters).ToArray();
        for (var node = 0; node < of.Length; node++)
        {
            if (of[node] >= 0)
            {
                _nodes[next[of[node]]++] = node;
            }
        }
    }

    public ReadOnlySpan<int> this[int cluster] => _nodes.AsSpan(_starts[cluster].._starts[cluster + 1]);
}
