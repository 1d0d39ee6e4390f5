using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Search;
using XCoder.Tests.Analysis.Vectors.Search;

namespace XCoder.Tests.Analysis.Vectors.Graph;

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

    [Theory]
    [InlineData(1, 60, 0)]
    [InlineData(2, 900, 0)]
    [InlineData(3, 900, 120)]
    public void Update_AfterAddsRemovesAndMoves_EqualsBuild(int seed, int rows, int exactRows)
    {
        // Where there are two rounds, the second goes on from what the first left; few exact rows make the old graph one that cannot be gone on from.
        var random = new Random(seed);
        var (all, labels) = Sample(rows, 12, 5, seed);
        int[] before = [.. Enumerable.Range(0, rows).Where(_ => random.Next(10) > 0)];
        var graph = NeighbourGraphs.Build(Rows(all, before), Labels(labels, before), Options with { ExactRows = exactRows == 0 ? rows : exactRows });
        for (var round = 0; round < 2; round++)
        {
            int[] after = [.. Enumerable.Range(0, rows).Where(_ => random.Next(12) > 0)];
            for (var i = 0; i < rows / 30; i++)
            {
                var (from, to) = (random.Next(after.Length), random.Next(after.Length));
                (after[from], after[to]) = (after[to], after[from]);
            }

            int[] oldRowOf = [.. after.Select(row => Array.IndexOf(before, row))];
            var (table, of) = (Rows(all, after), Labels(labels, after));
            graph = NeighbourGraphs.Update(graph, oldRowOf, table, of, Options with { Threads = 2 });
            Assert.Equal(Hits(NeighbourGraphs.Build(table, of, Options)), Hits(graph));
            Assert.True(graph.IsExact);
            before = after;
        }
    }

    [Fact]
    public void Update_OfNothingNew_IsTheSame()
    {
        var (table, labels) = Sample(300, 12, 5, 2);
        var graph = NeighbourGraphs.Build(table, labels, Options);
        Assert.Equal(Hits(graph), Hits(NeighbourGraphs.Update(graph, [.. Enumerable.Range(0, 300)], table, labels, Options)));
        Assert.Throws<ArgumentOutOfRangeException>(() => NeighbourGraphs.Update(graph, [.. Enumerable.Range(1, 300)], table, labels, Options));
    }

    internal static VectorTable Rows(VectorTable table, int[] rows)
    {
        var (some, row) = (new VectorTable(table.Dimension, table.IsHalf), new float[table.Dimension]);
        foreach (var number in rows)
        {
            table.CopyRow(number, row);
            some.Add(row.AsSpan());
        }

        return some;
    }

    internal static byte[] Labels(byte[] labels, int[] rows) => [.. rows.Select(row => labels[row])];

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
        bool IsCommoner(byte label, byte than) => (-labels.Count(other => other == label), label).CompareTo((-labels.Count(other => other == than), than)) < 0;
        var looks = Enumerable.Range(0, LabelOrder.MaxLabels).Select(own => Enumerable.Range(0, LabelOrder.MaxLabels).Select(other => IsCommoner((byte)other, (byte)own)).ToArray()).ToArray();
        for (var query = 0; query < table.Count; query++)
        {
            table.CopyRow(query, raw);
            var all = Enumerable.Range(0, table.Count).Where(row => row != query).Select(row => new SearchHit(row, table.Cosine(raw, table.InverseNorm(query), row)))
                .Where(hit => hit.Cosine >= options.Floor).OrderByDescending(hit => hit.Cosine).ThenBy(hit => hit.Row).ToList();
            var expected = all.Take(options.Neighbours)
                .Concat(all.Where(hit => looks[labels[query]][labels[hit.Row]]).GroupBy(hit => labels[hit.Row]).SelectMany(group => group.Take(options.PerLabel)))
                .Distinct().OrderByDescending(hit => hit.Cosine).ThenBy(hit => hit.Row);
            Assert.Equal(expected, graph[query].ToArray());
        }
    }
}
