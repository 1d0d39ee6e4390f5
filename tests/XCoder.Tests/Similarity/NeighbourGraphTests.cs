using XCoder.Analysis.Similarity;

namespace XCoder.Tests.Similarity;

public class NeighbourGraphTests
{
    private static readonly NeighbourGraphOptions Options = new() { Neighbours = 5, PerLabel = 2, Floor = 0.1f };

    [Theory]
    [InlineData(1, 1, 8, 1)]
    [InlineData(2, 40, 3, 2)]
    [InlineData(3, 700, 16, 4)]
    [InlineData(4, 1300, 33, 32)]
    public void Build_OfRandomRows_EqualsBruteForce(int seed, int rows, int dimension, int labels)
    {
        var (table, of) = Sample(rows, dimension, labels, seed);
        var graph = NeighbourGraphs.Build(table, of, Options);
        Assert.True(graph.IsExact);
        Matches(table, of, graph, Options);
    }

    [Fact]
    public void Build_WithThreadsOrAlone_GivesTheSameBits()
    {
        var (table, labels) = Sample(2500, 20, 5, 7);
        var alone = Hits(NeighbourGraphs.Build(table, labels, Options));
        foreach (var threads in (int[])[2, 3])
        {
            Assert.Equal(alone, Hits(NeighbourGraphs.Build(table, labels, Options with { Threads = threads })));
        }
    }

    [Fact]
    public void Build_OfManyEquals_KeepsTheFirst()
    {
        var table = VectorTable.Over(Enumerable.Range(0, 900 * 7).Select(i => (float)(1 + (i % 7))).ToArray(), 7);
        var graph = NeighbourGraphs.Build(table, new byte[900], Options);
        Assert.Equal([0, 1, 2, 3, 4], graph[800].ToArray().Select(hit => hit.Row));
        Assert.Equal([0, 1, 3, 4, 5], graph[2].ToArray().Select(hit => hit.Row));
    }

    [Fact]
    public void Build_WithBadLabels_Fails()
    {
        var table = VectorTable.Over(SearchCheck.Random(3, 4, 1), 4);
        Assert.Throws<ArgumentException>(() => NeighbourGraphs.Build(table, new byte[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NeighbourGraphs.Build(table, new byte[] { 0, 32, 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => NeighbourGraphs.Build(table, new byte[3], Options with { Floor = 2 }));
    }

    [Fact]
    public void Build_Cancelled_Ends() => Assert.ThrowsAny<OperationCanceledException>(() =>
        NeighbourGraphs.Build(VectorTable.Over(SearchCheck.Random(300, 4, 1), 4), new byte[300], cancellation: new CancellationToken(canceled: true)));

    /// <summary>Rows around centres, some equal, some without direction, with labels; half precision for odd seeds.</summary>
    internal static (VectorTable Table, byte[] Labels) Sample(int rows, int dimension, int labels, int seed)
    {
        var values = SearchCheck.Clustered(rows, dimension, Math.Max(1, rows / 20), 0.8, seed);
        var random = new Random(seed);
        var table = new VectorTable(dimension, seed % 2 == 1);
        for (var row = 0; row < rows; row++)
        {
            var from = random.Next(10) == 0 ? random.Next(row + 1) : row;
            table.Add(random.Next(50) == 0 ? new float[dimension] : values.AsSpan(from * dimension, dimension));
        }

        return (table, [.. Enumerable.Range(0, rows).Select(_ => (byte)(labels * random.NextDouble() * random.NextDouble()))]);
    }

    internal static List<SearchHit[]> Hits(NeighbourGraph graph) => [.. Enumerable.Range(0, graph.Count).Select(row => graph[row].ToArray())];

    /// <summary>Fails unless each row has the hits of brute force, bit for bit.</summary>
    private static void Matches(VectorTable table, byte[] labels, NeighbourGraph graph, NeighbourGraphOptions options)
    {
        Assert.Equal(table.Count, graph.Count);
        var raw = new float[table.Dimension];
        for (var query = 0; query < table.Count; query++)
        {
            table.CopyRow(query, raw);
            var all = Enumerable.Range(0, table.Count).Where(row => row != query).Select(row => new SearchHit(row, table.Cosine(raw, table.InverseNorm(query), row)))
                .Where(hit => hit.Cosine >= options.Floor).OrderByDescending(hit => hit.Cosine).ThenBy(hit => hit.Row).ToList();
            var expected = all.Take(options.Neighbours)
                .Concat(all.Where(hit => labels[hit.Row] != labels[query]).GroupBy(hit => labels[hit.Row]).SelectMany(group => group.Take(options.PerLabel)))
                .Distinct().OrderByDescending(hit => hit.Cosine).ThenBy(hit => hit.Row);
            Assert.Equal(expected, graph[query].ToArray());
        }
    }
}
