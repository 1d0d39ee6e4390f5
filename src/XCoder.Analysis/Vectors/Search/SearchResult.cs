namespace XCoder.Analysis.Vectors.Search;

/// <summary>The hits of each query of a search.</summary>
internal sealed class SearchResult
{
    private readonly SearchHit[] _hits;
    private readonly int[] _counts;
    private readonly int _limit;

    internal SearchResult(SearchHit[] hits, int[] counts, int limit, long comparisons) =>
        (_hits, _counts, _limit, Comparisons) = (hits, counts, limit, comparisons);

    /// <summary>Number of queries.</summary>
    public int Count => _counts.Length;

    /// <summary>Cosines computed for all queries together, those with the partitions' centres included.</summary>
    public long Comparisons { get; }

    /// <summary>The hits of a query by cosine descending, then by row ascending; fewer than asked for where fewer rows were accepted.</summary>
    public ReadOnlySpan<SearchHit> this[int query] => _hits.AsSpan(checked((int)((long)query * _limit)), _counts[query]);
}
