namespace XCoder.Analysis.Vectors.Search;

/// <summary>Picks the search that fits a table.</summary>
internal static class VectorSearch
{
    /// <summary>Exact search up to <see cref="SearchOptions.ExactRows"/> rows, partitioned search beyond.</summary>
    /// <param name="table">The rows; not to be changed while the search is in use.</param>
    /// <param name="options">Defaults where null.</param>
    /// <param name="cancellation">Ends the partitioning.</param>
    public static IVectorSearch For(VectorTable table, SearchOptions? options = null, CancellationToken cancellation = default) =>
        table.Count <= (options ??= new SearchOptions()).ExactRows ? new ExactSearch(table, options) : new PartitionedSearch(table, options, cancellation);
}
