using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>A graph under way, and which of its hits the last round brought.</summary>
/// <param name="Hits">Of each row, in order.</param>
/// <param name="Fresh">Of each row a bit a hit; the last bit stands for all from there on.</param>
internal sealed record FreshHits(SearchHit[][] Hits, ulong[] Fresh)
{
    private const int LastBit = 63;

    public bool IsFresh(int row, int hit) => (Fresh[row] & Bit(hit)) != 0;

    /// <summary>Marks as fresh the hits of a row that were not there before.</summary>
    public void Mark(int row, SearchHit[] before)
    {
        var (after, fresh, at) = (Hits[row], 0UL, 0);
        for (var i = 0; i < after.Length && after != before; i++)
        {
            // Both stand in the same order, so that one walk does.
            for (; at < before.Length && before[at].IsBefore(after[i]); at++)
            {
            }

            fresh |= at < before.Length && before[at] == after[i] ? 0 : Bit(i);
        }

        Fresh[row] = fresh;
    }

    private static ulong Bit(int hit) => 1UL << Math.Min(hit, LastBit);
}
