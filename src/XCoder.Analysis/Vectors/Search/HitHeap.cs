namespace XCoder.Analysis.Vectors.Search;

/// <summary>The best hits so far, the worst of them first: a binary heap in an array that others own.</summary>
internal static class HitHeap
{
    /// <summary>Keeps a hit if the heap has room or the hit stands before the worst kept.</summary>
    public static bool Push(Span<SearchHit> heap, ref int count, SearchHit hit)
    {
        if (count < heap.Length)
        {
            Rise(heap, count++, hit);
            return true;
        }

        if (heap.IsEmpty || !hit.IsBefore(heap[0]))
        {
            return false;
        }

        Sink(heap, hit);
        return true;
    }

    /// <summary>By cosine descending, then by row ascending.</summary>
    public static void Sort(Span<SearchHit> hits) => hits.Sort(static (a, b) => a.IsBefore(b) ? -1 : b.IsBefore(a) ? 1 : 0);

    private static void Rise(Span<SearchHit> heap, int at, SearchHit hit)
    {
        for (int parent; at > 0 && heap[parent = (at - 1) / 2].IsBefore(hit); at = parent)
        {
            heap[at] = heap[parent];
        }

        heap[at] = hit;
    }

    private static void Sink(Span<SearchHit> heap, SearchHit hit)
    {
        var at = 0;
        for (int child; (child = (2 * at) + 1) < heap.Length; at = child)
        {
            child += child + 1 < heap.Length && heap[child].IsBefore(heap[child + 1]) ? 1 : 0;
            if (!hit.IsBefore(heap[child]))
            {
                break;
            }

            heap[at] = heap[child];
        }

        heap[at] = hit;
    }
}

/// <summary>
/// The best hits so far of a group of rows: of any label, and of each label commoner than the row's own. One thread's; used
/// again for the next group.
/// </summary>
internal sealed class NeighbourTops
{
    private readonly LabelOrder _order;
    private readonly int _labels;
    private readonly int _any;
    private readonly int _perLabel;
    private readonly float _floor;
    private readonly SearchHit[] _anyHits;
    private readonly SearchHit[] _labelHits;
    private readonly int[] _anyCounts;
    private readonly int[] _labelCounts;
    private readonly int[] _own;

    /// <param name="capacity">Most rows of a group.</param>
    /// <param name="order">Which labels are commoner than others.</param>
    /// <param name="labels">Number of labels.</param>
    /// <param name="any">Hits kept of any label.</param>
    /// <param name="perLabel">Hits kept of each commoner label.</param>
    /// <param name="floor">Lowest cosine kept.</param>
    public NeighbourTops(int capacity, LabelOrder order, int labels, int any, int perLabel, float floor)
    {
        (_order, _labels, _any, _perLabel, _floor) = (order, labels, any, labels > 1 ? perLabel : 0, floor);
        (_anyHits, _anyCounts) = (new SearchHit[capacity * any], new int[capacity]);
        (_labelHits, _labelCounts) = (new SearchHit[capacity * labels * _perLabel], new int[capacity * labels]);
        _own = new int[capacity];
    }

    /// <summary>Forgets all hits.</summary>
    public void Clear()
    {
        Array.Clear(_anyCounts);
        Array.Clear(_labelCounts);
    }

    /// <summary>Says which label a row of the group has.</summary>
    public void SetOwn(int query, int label) => _own[query] = label;

    /// <summary>The cosine that a row of a label needs to enter.</summary>
    public float Lowest(int query, int label)
    {
        var any = _anyCounts[query] < _any ? _floor : _anyHits[query * _any].Cosine;
        if (_perLabel == 0 || !_order.IsCommoner(label, _own[query]))
        {
            return any;
        }

        var cell = (query * _labels) + label;
        return _labelCounts[cell] < _perLabel ? _floor : Math.Min(any, _labelHits[cell * _perLabel].Cosine);
    }

    /// <summary>Offers a hit; those below the floor are refused.</summary>
    public void Offer(int query, int label, SearchHit hit)
    {
        if (!(hit.Cosine >= _floor))
        {
            return;
        }

        HitHeap.Push(_anyHits.AsSpan(query * _any, _any), ref _anyCounts[query], hit);
        if (_perLabel > 0 && _order.IsCommoner(label, _own[query]))
        {
            var cell = (query * _labels) + label;
            HitHeap.Push(_labelHits.AsSpan(cell * _perLabel, _perLabel), ref _labelCounts[cell], hit);
        }
    }

    /// <summary>Adds all hits of a row, each once, in no order.</summary>
    public void CopyTo(int query, List<SearchHit> target)
    {
        var any = _anyHits.AsSpan(query * _any, _anyCounts[query]);
        target.AddRange(any);
        for (var label = 0; label < _labels && _perLabel > 0; label++)
        {
            var cell = (query * _labels) + label;
            foreach (var hit in _labelHits.AsSpan(cell * _perLabel, _labelCounts[cell]))
            {
                // Orders of both heaps agree: a hit better than the worst kept of any label is kept there too.
                if (_anyCounts[query] == _any && any[0].IsBefore(hit))
                {
                    target.Add(hit);
                }
            }
        }
    }
}
