using XCoder.Analysis.Vectors.Search;

namespace XCoder.Tests.Analysis.Vectors.Search;

public class ExactSearchTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 7, 3, 5)]
    [InlineData(3, 64, 40, 64)]
    [InlineData(4, 129, 300, 3)]
    [InlineData(5, 1500, 5, 10)]
    [InlineData(6, 2048, 17, 100)]
    [InlineData(7, 1025, 2, 2000)]
    public void Search_OfRandomRows_EqualsBruteForce(int seed, int rows, int count, int limit)
    {
        foreach (var dimension in (int[])[1, 3, 48, 200])
        {
            var table = VectorTable.Over(SearchCheck.Random(rows, dimension, seed), dimension);
            var queries = VectorTable.Over(SearchCheck.Random(count, dimension, seed + 1000), dimension);
            using var search = new ExactSearch(table);
            SearchCheck.Matches(table, queries, search.Search(queries, limit), limit);
        }
    }

    [Fact]
    public void Search_WithThreadsOrAlone_GivesTheSameBits()
    {
        var table = VectorTable.Over(SearchCheck.Random(20_000, 160, 1), 160);
        var rows = SearchCheck.Random(300, 160, 2);
        var queries = VectorTable.Over(rows, 160);
        using var search = new ExactSearch(table);
        using var threaded = new ExactSearch(table, new SearchOptions { Threads = 4 });
        var hits = SearchCheck.Hits(search.Search(queries, 9));
        Assert.Equal(hits, SearchCheck.Hits(threaded.Search(queries, 9)));
        Assert.Equal(hits[123], search.Search(VectorTable.Over(rows.AsMemory(123 * 160, 160), 160), 9)[0].ToArray());
    }

    [Fact]
    public void Search_WithTies_OrdersByRow()
    {
        var row = SearchCheck.Random(1, 33, 1);
        var table = new VectorTable(33);
        for (var i = 0; i < 3000; i++)
        {
            table.Add(row.AsSpan());
        }

        using var search = new ExactSearch(table, new SearchOptions { Threads = 3 });
        Assert.Equal(Enumerable.Range(0, 50), search.Search(VectorTable.Over(row, 33), 50)[0].ToArray().Select(hit => hit.Row));
    }

    [Fact]
    public void Search_OfNothing_FindsNothing()
    {
        using var search = new ExactSearch(new VectorTable(8));
        var result = search.Search(VectorTable.Over(SearchCheck.Random(3, 8, 1), 8), 5);
        Assert.Equal(3, result.Count);
        Assert.True(result[2].IsEmpty);
        using var other = new ExactSearch(VectorTable.Over(SearchCheck.Random(3, 8, 1), 8));
        Assert.Equal(0, other.Search(new VectorTable(8), 5).Count);
    }

    [Fact]
    public void Search_OfRowsWithoutDirection_LeavesThemOut()
    {
        float[] rows = [0, 0, 1, 1, float.NaN, 1, 2, 2, float.PositiveInfinity, 0, -3, 0, 1e-30f, 0];
        var table = VectorTable.Over(rows, 2);
        using var search = new ExactSearch(table);
        var result = search.Search(table, 10);
        Assert.Equal([0, 4, 0, 4, 0, 4, 4], Enumerable.Range(0, 7).Select(query => result[query].Length));
        Assert.Equal([1, 3, 6, 5], result[1].ToArray().Select(hit => hit.Row));
    }

    [Fact]
    public void Search_WithAFilter_AsksItAboutPairs()
    {
        var table = VectorTable.Over(SearchCheck.Clustered(900, 24, 30, 0.4, 1), 24);
        bool Accept(int query, int row) => query != row && query % 3 != row % 3;
        using var search = new ExactSearch(table, new SearchOptions { Threads = 2 });
        SearchCheck.Matches(table, table, search.Search(table, 7, Accept), 7, Accept);
    }

    [Fact]
    public void Search_InHalfPrecision_IsNear()
    {
        var rows = SearchCheck.Clustered(1100, 50, 40, 0.5, 1);
        var halves = new VectorTable(50, isHalf: true);
        foreach (var row in rows.Chunk(50))
        {
            halves.Add(row.AsSpan());
        }

        using var search = new ExactSearch(halves);
        var result = search.Search(halves, 5);
        SearchCheck.Matches(halves, halves, result, 5);
        SearchCheck.Matches(VectorTable.Over(rows, 50), VectorTable.Over(rows, 50), result, 5, tolerance: 1e-3);
    }

    [Fact]
    public void Search_OfAnotherWidth_Fails()
    {
        using var search = new ExactSearch(new VectorTable(8));
        Assert.Throws<ArgumentException>(() => search.Search(new VectorTable(9), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => search.Search(new VectorTable(8), 0));
    }

    [Fact]
    public void Search_Cancelled_Ends()
    {
        var table = VectorTable.Over(SearchCheck.Random(5000, 16, 1), 16);
        using var search = new ExactSearch(table);
        Assert.ThrowsAny<OperationCanceledException>(() => search.Search(table, 1, cancellation: new CancellationToken(canceled: true)));
    }
}
