namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Searches a <see cref="PartitionIndex"/> for a group of queries: the nearest partitions of each, then each partition
/// for all that ask for it, by products of projected rows. Gives candidates; their cosines are to be computed from the
/// table. One thread's; used again for the next group.
/// </summary>
internal sealed class PartitionScan
{
    /// <summary>Most queries of a group.</summary>
    public const int QueryRows = 4096;

    // Of one product, so that queries and products stay in the cache.
    private const int Columns = 512;

    private readonly PartitionIndex _index;
    private readonly int _width;
    private readonly BlockScan _scan;
    private readonly NeighbourTops _probes;
    private readonly NeighbourTops _tops;
    private readonly float[] _columns;
    private readonly int[] _lists;
    private readonly int[] _asking = new int[Columns];
    private readonly List<SearchHit> _nearest = [];
    private readonly List<int>[] _askers;
    private readonly BlockScan.Found _foundCentre;
    private readonly BlockScan.Found _foundRow;
    private Func<int, int, bool> _accept = static (_, _) => true;
    private int _first;
    private int _label;

    public PartitionScan(PartitionIndex index, MatrixProduct product, PartitionProbe probe, LabelOrder order, int labels,
        int queries = QueryRows)
    {
        (_index, _width) = (index, index.Axes.Count);
        _scan = new BlockScan(product, _width, Columns);
        _probes = new NeighbourTops(Columns, order, labels, Math.Min(probe.Probes, Math.Max(1, index.Count)), probe.LabelProbes,
            float.NegativeInfinity);
        _tops = new NeighbourTops(queries, order, labels, probe.Any, probe.PerLabel, probe.Floor);
        Queries = new float[(queries + 1) * _width];
        _columns = new float[BlockScan.Padded(Columns) * _width];
        _lists = [.. Enumerable.Range(0, index.Count)];
        _askers = [.. Enumerable.Range(0, index.Count).Select(_ => new List<int>())];
        (_foundCentre, _foundRow) = (FoundCentre, FoundRow);
    }

    /// <summary>For the caller to put the group's projected rows into.</summary>
    public float[] Queries { get; }

    /// <summary>Products computed so far, those with centres included.</summary>
    public long Comparisons { get; private set; }

    /// <summary>Searches for the group.</summary>
    /// <param name="count">Number of queries; they stand in <see cref="Queries"/>.</param>
    /// <param name="labels">Label of each query.</param>
    /// <param name="accept">Whether a query may find a row of the index.</param>
    /// <param name="cancellation">Ends the search.</param>
    public void Run(int count, ReadOnlySpan<byte> labels, Func<int, int, bool> accept, CancellationToken cancellation)
    {
        _accept = accept;
        _tops.Clear();
        for (var query = 0; query < count; query++)
        {
            _tops.SetOwn(query, labels[query]);
        }

        for (var first = 0; first < count; first += Columns)
        {
            cancellation.ThrowIfCancellationRequested();
            Probe(first, Math.Min(Columns, count - first), labels);
        }

        // What most ask for is near: bounds are high before the others are looked at.
        Array.Sort(_lists, (a, b) => _askers[a].Count != _askers[b].Count ? _askers[b].Count.CompareTo(_askers[a].Count) : a.CompareTo(b));
        foreach (var list in _lists)
        {
            cancellation.ThrowIfCancellationRequested();
            Search(list);
        }
    }

    /// <summary>Adds the candidates of a query, rows of the index, each once, in no order.</summary>
    public void CopyTo(int query, List<SearchHit> target) => _tops.CopyTo(query, target);

    private void Probe(int first, int count, ReadOnlySpan<byte> labels)
    {
        _probes.Clear();
        for (var query = 0; query < count; query++)
        {
            _probes.SetOwn(query, labels[first + query]);
        }

        Queries.AsSpan(first * _width, count * _width).CopyTo(_columns);
        for (_first = 0; _first < _index.Count;)
        {
            _label = _index.Labels[_index.Partitions[_first]];
            var end = _first + 1;
            for (; end < _index.Count && end - _first < BlockScan.Rows && _index.Labels[_index.Partitions[end]] == _label; end++)
            {
            }

            for (var query = 0; query < count; query++)
            {
                _scan.Lowest[query] = _probes.Lowest(query, _label);
            }

            _scan.Run(_index.Centres.AsMemory(_first * _width), end - _first, [], _columns, count, _foundCentre);
            Comparisons += (long)(end - _first) * count;
            _first = end;
        }

        for (var query = 0; query < count; query++)
        {
            _nearest.Clear();
            _probes.CopyTo(query, _nearest);
            foreach (var hit in _nearest)
            {
                _askers[hit.Row].Add(first + query);
            }
        }
    }

    private void Search(int list)
    {
        var askers = _askers[list];
        (_first, _label) = (_index.Starts[list], _index.Labels[list]);
        var rows = _index.Starts[list + 1] - _first;
        for (var from = 0; from < askers.Count; from += Columns)
        {
            var count = Math.Min(Columns, askers.Count - from);
            for (var i = 0; i < count; i++)
            {
                var query = _asking[i] = askers[from + i];
                Queries.AsSpan(query * _width, _width).CopyTo(_columns.AsSpan(i * _width));
                _scan.Lowest[i] = _tops.Lowest(query, _label);
            }

            _scan.Run(_index.Rows.AsMemory(_first * _width), rows, [], _columns, count, _foundRow);
        }

        Comparisons += (long)rows * askers.Count;
        askers.Clear();
    }

    private float FoundCentre(int query, int block, float cosine)
    {
        _probes.Offer(query, _label, new SearchHit(_index.Partitions[_first + block], cosine));
        return _probes.Lowest(query, _label);
    }

    private float FoundRow(int column, int block, float cosine)
    {
        var (query, row) = (_asking[column], _first + block);
        if (_accept(query, row))
        {
            _tops.Offer(query, _label, new SearchHit(row, cosine));
        }

        return _tops.Lowest(query, _label);
    }
}
