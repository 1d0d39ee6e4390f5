using System.Runtime.InteropServices;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>Computes the cosines of candidates that will be reported.</summary>
internal static class Rerank
{
    /// <summary>
    /// Replaces the candidates' approximate cosines by the exact ones and sorts the candidates by row, so that memory
    /// is read in ascending order.
    /// </summary>
    public static void Exactly(VectorTable table, ReadOnlySpan<float> query, float inverseNorm, List<SearchHit> candidates)
    {
        var hits = CollectionsMarshal.AsSpan(candidates);
        hits.Sort(static (a, b) => a.Row.CompareTo(b.Row));
        foreach (ref var hit in hits)
        {
            hit = hit with { Cosine = table.Cosine(query, inverseNorm, hit.Row) };
        }
    }
}
