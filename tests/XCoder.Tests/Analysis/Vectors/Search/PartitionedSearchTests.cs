using XCoder.Analysis.Vectors.Search;

namespace XCoder.Tests.Analysis.Vectors.Search;

public class PartitionedSearchTests
{
    private const int Dimension = 64;

    private static readonly SearchOptions Options = new() { Threads = 2, Partitions = 200, Probes = 10, SampleRows = 32 };

    [Fact]
    public void Search_OfClusters_FindsThemInATenthOfTheComparisons()
    {
        var table = VectorTable.Over(SearchCheck.Clustered(20_000, Dimension, 400, 0.7, 1), Dimension);
        var queries = VectorTable.Over(SearchCheck.Clustered(400, Dimension, 400, 0.7, 2), Dimension);
        using var exact = new ExactSearch(table, Options);
        using var partitioned = new PartitionedSearch(table, Options);
        var (all, some) = (exact.Search(queries, 10), partitioned.Search(queries, 10));
        var found = Enumerable.Range(0, 400).Sum(query => all[query].ToArray().Intersect(some[query].ToArray(), RowComparer.Instance).Count());
        Assert.InRange(found / 4000.0, 0.98, 1);
        Assert.InRange(some.Comparisons, 1, all.Comparisons / 10);
    }

    [Fact]
    public void Search_WithAllProbes_IsExact()
    {
        var table = VectorTable.Over(SearchCheck.Clustered(3000, Dimension, 50, 0.9, 1), Dimension);
        using var search = new PartitionedSearch(table, new SearchOptions { Partitions = 20, Probes = 20 });
        bool Accept(int query, int row) => query != row;
        var queries = VectorTable.Over(SearchCheck.Clustered(300, Dimension, 50, 0.9, 1), Dimension);
        SearchCheck.Matches(table, queries, search.Search(queries, 4, Accept), 4, Accept);
    }

    [Fact]
    public void Search_OfTheSameSeed_GivesTheSameBits()
    {
        var table = VectorTable.Over(SearchCheck.Clustered(6000, Dimension, 90, 0.9, 1), Dimension);
        var queries = VectorTable.Over(SearchCheck.Random(70, Dimension, 5), Dimension);
        using var one = new PartitionedSearch(table, Options with { Threads = 1 });
        using var other = new PartitionedSearch(table, Options with { Threads = 4 });
        Assert.Equal(SearchCheck.Hits(one.Search(queries, 6)), SearchCheck.Hits(other.Search(queries, 6)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Search_OfFewRows_FindsThem(int rows)
    {
        var table = VectorTable.Over(SearchCheck.Random(rows, 4, 1), 4);
        using var search = new PartitionedSearch(table, Options);
        Assert.Equal(rows, search.Search(VectorTable.Over(SearchCheck.Random(1, 4, 2), 4), 50)[0].Length);
    }

    [Fact]
    public void Search_OfRowsAlikeOrWithoutDirection_Ends()
    {
        var rows = new float[500 * 4];
        rows.AsSpan(0, 1200).Fill(1);
        var table = VectorTable.Over(rows, 4);
        using var search = new PartitionedSearch(table, Options with { Partitions = 10, Probes = 10 });
        Assert.Equal(Enumerable.Range(0, 20), search.Search(table, 20)[7].ToArray().Select(hit => hit.Row));
        Assert.Equal(0, search.Search(table, 20)[499].Length);
    }

    [Fact]
    public void For_ByTheNumberOfRows_PicksTheSearch()
    {
        var table = VectorTable.Over(SearchCheck.Random(30, 4, 1), 4);
        using var exact = VectorSearch.For(table);
        using var partitioned = VectorSearch.For(table, new SearchOptions { ExactRows = 29 });
        Assert.IsType<ExactSearch>(exact);
        Assert.IsType<PartitionedSearch>(partitioned);
    }

    private sealed class RowComparer : IEqualityComparer<SearchHit>
    {
        public static readonly RowComparer Instance = new();

        public bool Equals(SearchHit x, SearchHit y) => x.Row == y.Row;

        public int GetHashCode(SearchHit hit) => hit.Row;
    }
}
