using XCoder.Analysis.Vectors.Search;

namespace XCoder.Tests.Analysis.Vectors.Search;

/// <summary>Vectors to search, and the search that cannot be wrong.</summary>
internal static class SearchCheck
{
    public static float[] Random(int rows, int dimension, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows * dimension).Select(_ => (float)((random.NextDouble() * 2) - 1))];
    }

    /// <summary>Rows around centres; every <paramref name="centres"/>-th belongs together.</summary>
    public static float[] Clustered(int rows, int dimension, int centres, double noise, int seed)
    {
        var (places, values) = (Random(centres, dimension, 99), Random(rows, dimension, seed));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)(values[i] * noise) + places[(i / dimension % centres * dimension) + (i % dimension)];
        }

        return values;
    }

    /// <summary>The cosines of a query with all accepted rows, best first.</summary>
    public static List<(int Row, double Cosine)> BruteForce(VectorTable table, VectorTable queries, int query, Func<int, int, bool>? accept = null)
    {
        var (left, right) = (new float[table.Dimension], new float[table.Dimension]);
        queries.CopyRow(query, left);
        var hits = new List<(int Row, double Cosine)>();
        for (var row = 0; row < table.Count; row++)
        {
            table.CopyRow(row, right);
            var cosine = Dot(left, right) / Math.Sqrt(Dot(left, left) * Dot(right, right));
            if (double.IsFinite(cosine) && (accept is null || accept(query, row)))
            {
                hits.Add((row, cosine));
            }
        }

        return [.. hits.OrderByDescending(hit => hit.Cosine).ThenBy(hit => hit.Row)];
    }

    /// <summary>Fails unless the hits are those of brute force; rows whose cosines differ by rounding may change places.</summary>
    public static void Matches(VectorTable table, VectorTable queries, SearchResult result, int limit, Func<int, int, bool>? accept = null, double tolerance = 2e-6)
    {
        Assert.Equal(queries.Count, result.Count);
        for (var query = 0; query < queries.Count; query++)
        {
            var expected = BruteForce(table, queries, query, accept);
            var hits = result[query].ToArray();
            Assert.Equal(Math.Min(limit, expected.Count), hits.Length);
            Assert.Equal(hits.Length, hits.Select(hit => hit.Row).Distinct().Count());
            var all = expected.ToDictionary(hit => hit.Row, hit => hit.Cosine);
            for (var i = 0; i < hits.Length; i++)
            {
                Assert.InRange(hits[i].Cosine, -1f, 1f);
                Assert.InRange(hits[i].Cosine, expected[i].Cosine - tolerance, expected[i].Cosine + tolerance);
                Assert.InRange(hits[i].Cosine, all[hits[i].Row] - tolerance, all[hits[i].Row] + tolerance);
                Assert.True(i == 0 || hits[i - 1].IsBefore(hits[i]), $"hits {i - 1} and {i} of query {query} are not in order");
            }
        }
    }

    /// <summary>All hits of a result, for comparing two.</summary>
    public static List<SearchHit[]> Hits(SearchResult result) => [.. Enumerable.Range(0, result.Count).Select(query => result[query].ToArray())];

    private static double Dot(float[] a, float[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
