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
