using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// The nearest rows of every row of a table: the best of any label and the best of each commoner label, as
/// <see cref="NeighbourGraphs"/> builds it. Immutable; may be read by several threads.
/// </summary>
internal sealed class NeighbourGraph
{
    private readonly SearchHit[][] _hits;

    internal NeighbourGraph(SearchHit[][] hits, bool isExact, double recall, LabelOrder order) => (_hits, IsExact, Recall, Order) = (hits, isExact, recall, order);

    /// <summary>Number of rows.</summary>
    public int Count => _hits.Length;

    /// <summary>Whether every pair of rows was compared.</summary>
    public bool IsExact { get; }

    /// <summary>Share of the true ten nearest rows that were found, in [0, 1], measured on a sample when the graph was built; 1 where it is exact.</summary>
    public double Recall { get; }

    /// <summary>Which labels look into which.</summary>
    internal LabelOrder Order { get; }

    /// <summary>The hits of a row by cosine descending, then by row ascending; never the row itself, none where it has no direction.</summary>
    /// <param name="row">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<SearchHit> this[int row] => _hits[row];

    /// <summary>Writes the graph, about 6 bytes a hit.</summary>
    public void Write(Stream stream) => NeighbourGraphFormat.Write(this, _hits, stream);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The data is damaged, cut off or of another version.</exception>
    public static NeighbourGraph Read(Stream stream) => NeighbourGraphFormat.Read(stream);
}
