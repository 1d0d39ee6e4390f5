using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Search;
using XCoder.Analysis.Vectors.Umap;
using Xunit;

namespace XCoder.Tests.Analysis.Vectors.Umap;

public class UmapLayoutTests
{
    private const int Clusters = 100;
    private const int Members = 20;

    [Fact]
    public void Of_PlantedClusters_KeepsNeighboursFarBetterThanTwoAxes()
    {
        var (table, graph) = Planted();
        bool AreNeighbours(int a, int b) => a / Members == b / Members;
        var axes = UmapQuality.Kept(UmapLayout.Of(graph, table, new UmapOptions { Rounds = 0 }), AreNeighbours);
        var kept = UmapQuality.Kept(UmapLayout.Of(graph, table), AreNeighbours);
        Assert.InRange(axes, 0, 0.5);
        Assert.InRange(kept, 0.95, 1);
    }

    [Fact]
    public void Of_Margins_KeepsNeighboursToo()
    {
        var (table, graph) = Planted();
        var edges = new Dictionary<(int, int), float>();
        for (var row = 0; row < graph.Count; row++)
        {
            foreach (var hit in graph[row])
            {
                edges[(Math.Min(row, hit.Row), Math.Max(row, hit.Row))] = hit.Cosine;
            }
        }

        var margins = MarginGraph.Of(graph.Count, [.. edges.Select(edge => (edge.Key.Item1, edge.Key.Item2, edge.Value, edge.Value - 0.5f))]);
        Assert.InRange(UmapQuality.Kept(UmapLayout.Of(margins, table), (a, b) => a / Members == b / Members), 0.95, 1);
    }

    [Fact]
    public void Of_MoreThreads_IsTheSameToTheBit()
    {
        var (table, graph) = Planted();
        var options = new UmapOptions { Rounds = 30 };
        Assert.Equal(UmapLayout.Of(graph, table, options), UmapLayout.Of(graph, table, options with { Threads = 2 }));
    }

    [Fact]
    public void Of_NodesWithoutEdgesAndEqualRows_AreFiniteAndApart()
    {
        var table = new VectorTable(4);
        foreach (var row in new float[][] { [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0] })
        {
            table.Add(row.AsSpan());
        }

        var places = UmapLayout.Of(MarginGraph.Of(4, [(0, 1, 1, 1)]), table);
        Assert.All(places, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(4, Enumerable.Range(0, 4).Select(node => (places[2 * node], places[(2 * node) + 1])).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_TooFewForADistance_IsTheStart(int count)
    {
        var table = new VectorTable(3);
        for (var i = 0; i < count; i++)
        {
            table.Add(new float[] { 1, 2, 3 }.AsSpan());
        }

        Assert.Equal(new float[2 * count], UmapLayout.Of(MarginGraph.Of(count, []), table));
    }

    [Fact]
    public void Of_OtherNumberOfVectors_SaysBoth() =>
        Assert.StartsWith("0 vectors for 2 nodes.", Assert.Throws<ArgumentException>(() => UmapLayout.Of(MarginGraph.Of(2, []), new VectorTable(3))).Message);

    // Clusters in 24 dimensions, more than two axes can show.
    private static (VectorTable Table, NeighbourGraph Graph) Planted()
    {
        const int Dimension = 24;
        var random = new Random(7);
        var table = new VectorTable(Dimension);
        for (var cluster = 0; cluster < Clusters; cluster++)
        {
            double[] centre = [.. Enumerable.Range(0, Dimension).Select(_ => random.NextDouble() - 0.5)];
            for (var member = 0; member < Members; member++)
            {
                table.Add(centre.Select(value => (float)(value + (0.3 * (random.NextDouble() - 0.5)))).ToArray().AsSpan());
            }
        }

        return (table, NeighbourGraphs.Build(table, new byte[table.Count], new NeighbourGraphOptions { Neighbours = 15, PerLabel = 0 }));
    }
}
