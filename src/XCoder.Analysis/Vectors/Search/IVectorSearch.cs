namespace XCoder.Analysis.Vectors.Search;

/// <summary>Finds the rows of a <see cref="VectorTable"/> nearest to queries by cosine.</summary>
internal interface IVectorSearch : IDisposable
{
    /// <summary>Number of rows searched.</summary>
    int Count { get; }

    /// <summary>
    /// The best rows of each query. A row or query without a direction (zeros, or a value that is no finite number) is
    /// never found and finds nothing. The result is the same for every number of threads.
    /// </summary>
    /// <param name="queries">One query a row, as wide as the searched table; may be that table.</param>
    /// <param name="limit">Most hits a query, 1 or more.</param>
    /// <param name="accept">
    /// Whether a query (its row in <paramref name="queries"/>) may find a row: to leave out itself, other kinds, its own
    /// language. Asked only about rows that would enter the result, by several threads at once. Null: every row.
    /// </param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="ArgumentException">The queries are not as wide as the table, or <paramref name="limit"/> is below 1.</exception>
    SearchResult Search(VectorTable queries, int limit, Func<int, int, bool>? accept = null, CancellationToken cancellation = default);
}

/// <summary>How vectors are searched.</summary>
internal sealed record SearchOptions
{
    /// <summary>Threads to search with. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Tables up to this number of rows are searched exactly. Default 200,000.</summary>
    public int ExactRows { get; init; } = 200_000;

    /// <summary>Partitions of a larger table; 0, the default, means 4·√rows.</summary>
    public int Partitions { get; init; }

    /// <summary>Partitions a query searches; 0, the default, means 17.5 % of them, at least 8.</summary>
    public int Probes { get; init; }

    /// <summary>Rows a partition that its centres are learnt from. Default 64.</summary>
    public int SampleRows { get; init; } = 64;

    /// <summary>Rounds of k-means. Default 8.</summary>
    public int Rounds { get; init; } = 8;

    /// <summary>Numbers that rows of a larger table are projected to in order to choose candidates. Default 128.</summary>
    public int Axes { get; init; } = 128;

    /// <summary>Seed of the sample and the first centres. Default 1.</summary>
    public int Seed { get; init; } = 1;

    internal SearchOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(ExactRows);
        ArgumentOutOfRangeException.ThrowIfNegative(Partitions);
        ArgumentOutOfRangeException.ThrowIfNegative(Probes);
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Axes, 1);
        return this;
    }
}

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

    /// <summary>
    /// The hits of a query by cosine descending, then by row ascending; fewer than asked for where fewer rows were accepted.
    /// </summary>
    public ReadOnlySpan<SearchHit> this[int query] => _hits.AsSpan(checked((int)((long)query * _limit)), _counts[query]);
}

/// <summary>A row that a search found.</summary>
/// <param name="Row">Number of the row in the searched table.</param>
/// <param name="Cosine">Cosine of query and row, in [-1, 1].</param>
internal readonly record struct SearchHit(int Row, float Cosine)
{
    /// <summary>Whether this hit stands before another: by cosine descending, then by row ascending.</summary>
    internal bool IsBefore(SearchHit other) => Cosine > other.Cosine || (Cosine == other.Cosine && Row < other.Row);
}
