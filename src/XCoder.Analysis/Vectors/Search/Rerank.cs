using System.Runtime.InteropServices;

namespace XCoder.Analysis.Vectors.Search;

/// <summary>Gives candidates the cosines that are reported.</summary>
internal static class Rerank
{
    /// <summary>
    /// Replaces the candidates' cosines by those of the table's rows, in the order of rows, so that reading them walks forward.
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
