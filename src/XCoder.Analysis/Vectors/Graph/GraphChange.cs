using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// What an earlier graph contributes to the graph of a changed table: the hits that stay valid, and the rows that must
/// be searched for. A row that changed places with another one counts as new, so that ties are still resolved by row
/// number.
/// </summary>
internal sealed class GraphChange
{
    private GraphChange(SearchHit[][] kept, int[] added, int[] afresh) => (Kept, New, Afresh) = (kept, added, afresh);

    /// <summary>
    /// The hits of each row that are still valid, with row numbers of the new table. Hits on removed rows are left out;
    /// empty for rows in <see cref="Afresh"/>.
    /// </summary>
    public SearchHit[][] Kept { get; }

    /// <summary>Rows that the earlier graph does not contain, ascending.</summary>
    public int[] New { get; }

    /// <summary>Rows to compare with all rows, ascending: the new ones, and those for which the earlier graph holds too few hits.</summary>
    public int[] Afresh { get; }

    /// <summary>The change from an empty graph: every row is new.</summary>
    public static GraphChange All(int rows)
    {
        var kept = new SearchHit[rows][];
        Array.Fill(kept, []);
        int[] all = [.. Enumerable.Range(0, rows)];
        return new GraphChange(kept, all, all);
    }

    /// <summary>Compares a table with the one that an earlier graph describes.</summary>
    /// <param name="old">Graph of the earlier table.</param>
    /// <param name="oldRowOf">For each row its row in the earlier table, or -1.</param>
    /// <param name="labels">Label of each row.</param>
    /// <param name="order">Order of the labels in the new table.</param>
    /// <param name="options">The options that the graph was built with.</param>
    public static GraphChange Of(NeighbourGraph old, ReadOnlySpan<int> oldRowOf, ReadOnlySpan<byte> labels, LabelOrder order,
        NeighbourGraphOptions options)
    {
        var newRowOf = Ascending(oldRowOf, old.Count);
        var (kept, added, afresh) = (new SearchHit[oldRowOf.Length][], new List<int>(), new List<int>());
        for (var row = 0; row < kept.Length; row++)
        {
            kept[row] = [];
            var isNew = oldRowOf[row] < 0 || newRowOf[oldRowOf[row]] != row;
            if (isNew)
            {
                added.Add(row);
            }

            if (isNew || !TryKeep(old[oldRowOf[row]], newRowOf, options.Neighbours, order.AsksMore(old.Order, labels[row]), out kept[row]))
            {
                afresh.Add(row);
            }
        }

        return new GraphChange(kept, [.. added], [.. afresh]);
    }

    // If a row has fewer hits than the limit, it has all hits above the floor, so nothing can replace a hit on a removed
    // row.
    private static bool TryKeep(ReadOnlySpan<SearchHit> hits, int[] newRowOf, int neighbours, bool asksMore, out SearchHit[] kept)
    {
        var (result, count) = (new SearchHit[hits.Length], 0);
        foreach (var hit in hits)
        {
            if (newRowOf[hit.Row] >= 0)
            {
                result[count++] = hit with { Row = newRowOf[hit.Row] };
            }
        }

        var isWhole = hits.Length < neighbours || (count == hits.Length && !asksMore);
        kept = isWhole ? result[..count] : [];
        return isWhole;
    }

    // The longest sequence of rows that have the same order in both tables (Schensted 1961, computed with Knuth's
    // piles).
    private static int[] Ascending(ReadOnlySpan<int> oldRowOf, int oldRows)
    {
        var (piles, before) = (new List<int>(), new int[oldRowOf.Length]);
        for (var row = 0; row < oldRowOf.Length; row++)
        {
            if (oldRowOf[row] >= 0)
            {
                var pile = Pile(piles, oldRowOf, oldRowOf[row]);
                before[row] = pile == 0 ? -1 : piles[pile - 1];
                if (pile == piles.Count)
                {
                    piles.Add(row);
                }
                else
                {
                    piles[pile] = row;
                }
            }
        }

        var newRowOf = new int[oldRows];
        Array.Fill(newRowOf, -1);
        for (var row = piles.Count == 0 ? -1 : piles[^1]; row >= 0; row = before[row])
        {
            newRowOf[oldRowOf[row]] = row;
        }

        return newRowOf;
    }

    // Binary search for the first pile whose last row stood at oldRow or later in the earlier table.
    private static int Pile(List<int> piles, ReadOnlySpan<int> oldRowOf, int oldRow)
    {
        var (from, to) = (0, piles.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = oldRowOf[piles[middle]] < oldRow ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
