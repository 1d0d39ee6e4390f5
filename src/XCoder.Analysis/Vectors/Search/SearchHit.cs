namespace XCoder.Analysis.Vectors.Search;

/// <summary>A row that a search found.</summary>
/// <param name="Row">Number of the row in the searched table.</param>
/// <param name="Cosine">Cosine of query and row, in [-1, 1].</param>
internal readonly record struct SearchHit(int Row, float Cosine)
{
    /// <summary>Whether this hit stands before another: by cosine descending, then by row ascending.</summary>
    internal bool IsBefore(SearchHit other) => Cosine > other.Cosine || (Cosine == other.Cosine && Row < other.Row);
}
