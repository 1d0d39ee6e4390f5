namespace XCoder.Analysis.Concepts;

/// <summary>A sum a cluster, cleared in the time that filling it took.</summary>
internal sealed class ClusterSums(int clusters)
{
    private readonly double[] _sums = new double[clusters];
    private readonly int[] _touched = new int[clusters];
    private readonly bool[] _isTouched = new bool[clusters];
    private int _count;

    /// <summary>Clusters that something was added to, in the order of the first time.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _count);

    public double this[int cluster] => _sums[cluster];

    public void Add(int cluster, float value)
    {
        if (!_isTouched[cluster])
        {
            _isTouched[cluster] = true;
            _touched[_count++] = cluster;
        }

        _sums[cluster] += value;
    }

    public void Clear()
    {
        foreach (var cluster in Touched)
        {
            (_sums[cluster], _isTouched[cluster]) = (0, false);
        }

        _count = 0;
    }
}
