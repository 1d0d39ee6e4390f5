using System.Runtime.InteropServices;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.Vectors.Graph;

/// <summary>Which of a row's candidates become its hits.</summary>
internal static class NeighbourChoice
{
    /// <summary>The best of any label and the best of each commoner label, in order.</summary>
    /// <param name="candidates">Distinct rows with their cosines; sorted in place.</param>
    /// <param name="labels">Label of each row of the table.</param>
    /// <param name="order">Which labels are commoner than others.</param>
    /// <param name="own">Label of the row whose candidates they are.</param>
    /// <param name="options">How many.</param>
    public static SearchHit[] Of(List<SearchHit> candidates, ReadOnlySpan<byte> labels, LabelOrder order, int own,
        NeighbourGraphOptions options)
    {
        Span<int> seen = stackalloc int[LabelOrder.MaxLabels];
        seen.Clear();
        var hits = CollectionsMarshal.AsSpan(candidates);
        HitHeap.Sort(hits);
        var kept = 0;
        for (var i = 0; i < hits.Length && hits[i].Cosine >= options.Floor; i++)
        {
            var label = labels[hits[i].Row];
            if (i < options.Neighbours || (seen[label] < options.PerLabel && order.IsCommoner(label, own)))
            {
                hits[kept++] = hits[i];
            }

            seen[label]++;
        }

        return hits[..kept].ToArray();
    }
}
