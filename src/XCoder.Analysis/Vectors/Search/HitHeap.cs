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
