using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Semantic;

/// <summary>
/// Measures how near any row's nearest rows within a pool are, which is high for rows that are near everything. Values
/// are computed once for each row requested.
/// </summary>
internal sealed class Hubness : IDisposable
{
    /// <summary>Number of nearest rows that count; copies of one another count once.</summary>
    public const int Nearest = 10;

    // More than <see cref="Nearest"/>, so that enough distinct rows remain when copies are dropped.
    private const int Asked = 3 * Nearest;
    private const int BlockRows = 4096;

    private readonly VectorTable _table;
    private readonly int[] _pool;
    private readonly Func<int, int, bool> _accept;
    private readonly IVectorSearch _search;
    private readonly float[] _known;

    /// <param name="table">All rows.</param>
    /// <param name="pool">Rows among which the nearest are searched.</param>
    /// <param name="accept">
    /// Whether a row of the pool (the second argument) may count for a row (the first); false for the row itself, and
    /// for rows that contain it or lie within it.
    /// </param>
    /// <param name="options">How the pool is searched.</param>
    /// <param name="cancellation">Cancels the partitioning of a large pool.</param>
    public Hubness(VectorTable table, int[] pool, Func<int, int, bool> accept, SearchOptions options, CancellationToken cancellation)
    {
        (_table, _pool, _accept, _known) = (table, pool, accept, new float[table.Count]);
        Array.Fill(_known, float.NaN);
        _search = VectorSearch.For(table.Select(pool, table.IsHalf), options, cancellation);
    }

    /// <summary>
    /// Mean cosine of the nearest rows of the pool, in [0, 1]; 0 where there are none or the mean is negative. NaN
    /// until <see cref="WorkOut"/> was called for the row.
    /// </summary>
    public float this[int row] => _known[row];

    /// <summary>Computes the values of the rows that are not known yet.</summary>
    public void WorkOut(IEnumerable<int> rows, CancellationToken cancellation)
    {
        foreach (var block in rows.Where(row => float.IsNaN(_known[row])).Distinct().Chunk(BlockRows))
        {
            var hits = _search.Search(_table.Select(block, isHalf: false), Asked, (query, other) => _accept(block[query], _pool[other]),
                cancellation);
            for (var i = 0; i < block.Length; i++)
            {
                _known[block[i]] = Mean(hits[i]);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _search.Dispose();

    // Copies have bit-identical cosines, so equal successive cosines count once.
    private static float Mean(ReadOnlySpan<SearchHit> hits)
    {
        var (sum, count) = (0f, 0);
        for (var i = 0; i < hits.Length && count < Nearest; i++)
        {
            if (i == 0 || hits[i].Cosine != hits[i - 1].Cosine)
            {
                sum += hits[i].Cosine;
                count++;
            }
        }

        return count == 0 ? 0 : Math.Clamp(sum / count, 0, 1);
    }
}
