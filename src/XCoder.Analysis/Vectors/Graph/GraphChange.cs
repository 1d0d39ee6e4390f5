using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>
/// What a known graph says about a table: the hits of rows that it knows, and which rows have to be searched for. A row
/// that changed places with another counts as new, so that ties still fall by the order of rows.
/// </summary>
internal sealed class GraphChange
{
    private GraphChange(SearchHit[][] kept, int[] added, int[] afresh) => (Kept, New, Afresh) = (kept, added, afresh);

    /// <summary>Hits of each row by the table's numbers, those that are gone left out; none for rows of <see cref="Afresh"/>.</summary>
    public SearchHit[][] Kept { get; }

    /// <summary>Rows that the graph does not know, ascending.</summary>
    public int[] New { get; }

    /// <summary>Rows to be compared with all, ascending: the new, and those of which more than the graph holds is asked.</summary>
    public int[] Afresh { get; }

    /// <summary>A table of which nothing is known.</summary>
    public static GraphChange All(int rows)
    {
        var kept = new SearchHit[rows][];
        Array.Fill(kept, []);
        int[] all = [.. Enumerable.Range(0, rows)];
        return new GraphChange(kept, all, all);
    }

    /// <summary>A table that differs from another in some rows.</summary>
    /// <param name="old">The graph of the other.</param>
    /// <param name="oldRowOf">Row of the other of each row, or -1.</param>
    /// <param name="labels">Label of each row.</param>
    /// <param name="order">The labels' order now.</param>
    /// <param name="options">What the graph was built with.</param>
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

    // A row with fewer hits than it could have has no others above the floor: nothing else can take the place of one that is gone.
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

    // The longest run of rows that stand in the same order in both tables (Schensted 1961, by Knuth's piles).
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

    // The first pile whose last row has an old row not below the given one.
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
