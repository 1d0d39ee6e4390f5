namespace XCoder.Analysis.Duplicates;

/// <summary>Near pairs as neighbour lists: per exact class its neighbours, ascending, with their similarity.</summary>
internal sealed class NearGraph
{
    private readonly int[] _starts;
    private readonly int[] _neighbours;
    private readonly double[] _similarities;

    public NearGraph(int count, List<NearEdge> edges)
    {
        _starts = new int[count + 1];
        foreach (var edge in edges)
        {
            _starts[edge.A + 1]++;
            _starts[edge.B + 1]++;
        }

        for (var i = 0; i < count; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        (_neighbours, _similarities) = (new int[_starts[count]], new double[_starts[count]]);
        var next = _starts.AsSpan(0, count).ToArray();
        foreach (var edge in edges)
        {
            _similarities[next[edge.A]] = _similarities[next[edge.B]] = edge.Similarity;
            (_neighbours[next[edge.A]++], _neighbours[next[edge.B]++]) = (edge.B, edge.A);
        }

        for (var i = 0; i < count; i++)
        {
            Array.Sort(_neighbours, _similarities, _starts[i], _starts[i + 1] - _starts[i]);
        }
    }

    /// <summary>Neighbours of a class, ascending.</summary>
    public ReadOnlySpan<int> Neighbours(int item) => _neighbours.AsSpan(_starts[item].._starts[item + 1]);

    /// <summary>Similarities of <see cref="Neighbours"/>, in the same order.</summary>
    public ReadOnlySpan<double> Similarities(int item) => _similarities.AsSpan(_starts[item].._starts[item + 1]);

    /// <summary>Similarity of two classes, 1 for equal ones, 0 where they are no neighbours.</summary>
    public double Similarity(int a, int b)
    {
        if (a == b)
        {
            return 1;
        }

        var at = Neighbours(a).BinarySearch(b);
        return at < 0 ? 0 : Similarities(a)[at];
    }
}
