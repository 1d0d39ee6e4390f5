namespace XCoder.Analysis.Vectors.Sets;

/// <summary>Jaccard similarity of sets: |A ∩ B| / |A ∪ B|.</summary>
public static class Jaccard
{
    /// <summary>Exact Jaccard similarity in [0, 1] of two sets given ascending and distinct; 1 for two empty sets.</summary>
    public static double Of(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        if (a.Length + b.Length == 0)
        {
            return 1;
        }

        var (i, j, common) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            var (left, right) = (a[i], b[j]);

            // Branch-free: shingle hashes are random, a branch here would be mispredicted every other time.
            common += left == right ? 1 : 0;
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }

        return common / (double)(a.Length + b.Length - common);
    }
}
