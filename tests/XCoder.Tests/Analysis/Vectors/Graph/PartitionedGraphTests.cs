using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Tests.Analysis.Vectors.Graph;

public class PartitionedGraphTests
{
    private static readonly NeighbourGraphOptions Options = new() { Threads = 2, ExactRows = 0, Axes = 24, Floor = 0.1f };

    [Fact]
    public void Build_OfClusters_FindsNearlyAll()
    {
        var (table, labels) = NeighbourGraphTests.Sample(6000, 48, 5, 4);
        var graph = NeighbourGraphs.Build(table, labels, Options);
        Assert.False(graph.IsExact);
        var recall = Recall(table, labels, graph);
        Assert.InRange(recall, 0.98, 1);
        Assert.InRange(graph.Recall, recall - 0.02, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6000)]
    public void Update_AfterAddsAndRemoves_FindsNearlyAll(int exactRows)
    {
        var (all, labels) = NeighbourGraphTests.Sample(5000, 48, 5, 8);
        int[] before = [.. Enumerable.Range(0, 5000).Where(row => row % 40 != 7)];
        int[] after = [.. Enumerable.Range(0, 5000).Where(row => row % 100 != 3)];
        var old = NeighbourGraphs.Build(NeighbourGraphTests.Rows(all, before), NeighbourGraphTests.Labels(labels, before), Options with { ExactRows = exactRows });
        var (table, of) = (NeighbourGraphTests.Rows(all, after), NeighbourGraphTests.Labels(labels, after));
        int[] oldRowOf = [.. after.Select(row => Math.Max(-1, Array.IndexOf(before, row)))];
        var graph = NeighbourGraphs.Update(old, oldRowOf, table, of, Options);
        Assert.InRange(Recall(table, of, graph), 0.98, 1);
        Assert.Equal(NeighbourGraphTests.Hits(graph), NeighbourGraphTests.Hits(NeighbourGraphs.Update(old, oldRowOf, table, of, Options with { Threads = 1 })));
    }

    private static double Recall(VectorTable table, byte[] labels, NeighbourGraph graph)
    {
        var truth = NeighbourGraphs.Build(table, labels, Options with { ExactRows = table.Count });
        var (found, all) = (0, 0);
        for (var row = 0; row < table.Count; row++)
        {
            var hits = graph[row].ToArray();
            var best = truth[row].ToArray().Take(10).ToArray();
            (found, all) = (found + best.Intersect(hits).Count(), all + best.Length);
            Assert.DoesNotContain(hits, hit => hit.Row == row || hit.Cosine < Options.Floor);
            Assert.True(Enumerable.Range(1, Math.Max(0, hits.Length - 1)).All(i => hits[i - 1].IsBefore(hits[i])));
        }

        return (double)found / all;
    }

    [Fact]
    public void Build_WithThreadsOrAlone_GivesTheSameBits()
    {
        var (table, labels) = NeighbourGraphTests.Sample(4500, 40, 4, 5);
        var alone = NeighbourGraphTests.Hits(NeighbourGraphs.Build(table, labels, Options with { Threads = 1 }));
        Assert.Equal(alone, NeighbourGraphTests.Hits(NeighbourGraphs.Build(table, labels, Options)));
        Assert.Equal(alone, NeighbourGraphTests.Hits(NeighbourGraphs.Build(table, labels, Options with { Threads = 3 })));
    }

    [Fact]
    public void Build_OfRowsAlikeOrWithoutDirection_Ends()
    {
        var rows = new float[900 * 8];
        rows.AsSpan(0, 700 * 8).Fill(1);
        var table = VectorTable.Over(rows, 8);
        var graph = NeighbourGraphs.Build(table, new byte[900], Options with { Axes = 4 });
        Assert.Equal(16, graph[3].Length);
        Assert.Equal(0, graph[800].Length);
        Assert.Equal(0, NeighbourGraphs.Build(VectorTable.Over(new float[80], 8), new byte[10], Options)[3].Length);
        Assert.Equal(0, NeighbourGraphs.Build(new VectorTable(8), ReadOnlyMemory<byte>.Empty, Options).Count);
    }

    [Fact]
    public void Build_Reporting_EndsAtAll()
    {
        var (table, labels) = NeighbourGraphTests.Sample(3000, 16, 3, 6);
        foreach (var options in (NeighbourGraphOptions[])[Options, Options with { ExactRows = 5000 }])
        {
            var last = new Last();
            NeighbourGraphs.Build(table, labels, options, last);
            Assert.Equal(last.Value.All, last.Value.Done);
            Assert.True(last.Grew);
        }
    }

    private sealed class Last : IProgress<(long Done, long All)>
    {
        public (long Done, long All) Value { get; private set; }

        public bool Grew { get; private set; } = true;

        public void Report((long Done, long All) value) => (Grew, Value) = (Grew && value.Done >= Value.Done, value);
    }
}
