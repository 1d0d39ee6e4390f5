using XCoder.Analysis.Vectors.Graph;
using XCoder.Analysis.Vectors.Lexical;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Tests.Analysis.Vectors.Graph;

public class MarginGraphTests
{
    private static readonly MarginOptions Few = new() { Surroundings = 3, LowestMargin = -1 };

    [Fact]
    public void Build_APairThatStandsOut_GetsMoreThanOneNearEverything()
    {
        // 0 and 1 are twins far from the rest; 2..9 are all alike.
        var table = new VectorTable(4);
        table.Add([1f, 0, 0.5f, 0]);
        table.Add([1f, 0, 0.4f, 0]);
        for (var i = 0; i < 8; i++)
        {
            table.Add([0f, 1, 0.5f, 0.02f * i]);
        }

        var graph = Graph(table);

        Assert.True(graph.Edge(0, 1)?.Margin > graph.Edge(2, 3)?.Margin + 0.2, $"{graph.Edge(0, 1)?.Margin} against {graph.Edge(2, 3)?.Margin}");
    }

    [Fact]
    public void Build_OfRandomVectors_IsWhatTheDefinitionSays()
    {
        var (table, vectors) = Random(60, 8, seed: 3);
        static float Lexical(int a, int b) => 1f / (1 + Math.Abs(a - b));
        var neighbours = NeighbourGraphs.Build(table, new byte[60], new NeighbourGraphOptions { Neighbours = 3, Floor = -1 });
        var graph = MarginGraphBuilder.Build(neighbours, Lexical, Few with { LexicalWeight = 0.25f });

        double Weight(int a, int b) => Dot(vectors[a], vectors[b]) + (0.25 * Lexical(a, b));
        double Surroundings(int a) => Enumerable.Range(0, 60).Where(b => b != a).OrderByDescending(b => Dot(vectors[a], vectors[b])).Take(3).Average(b => Weight(a, b));
        for (var a = 0; a < 60; a++)
        {
            foreach (var edge in graph[a])
            {
                Assert.Equal(Weight(a, edge.Other) - ((Surroundings(a) + Surroundings(edge.Other)) / 2), edge.Margin, 4);
                Assert.Equal(edge.Margin, graph.Edge(edge.Other, a)?.Margin);
            }

            Assert.Equal(graph[a].ToArray().Select(edge => edge.Other).Order(), graph[a].ToArray().Select(edge => edge.Other));
            Assert.Superset(neighbours[a].ToArray().Select(hit => hit.Row).ToHashSet(), graph[a].ToArray().Select(edge => edge.Other).ToHashSet());
        }
    }

    [Fact]
    public void Build_WithOtherThreads_IsTheSame()
    {
        var (table, _) = Random(300, 16, seed: 4);
        var neighbours = NeighbourGraphs.Build(table, new byte[300], new NeighbourGraphOptions { Neighbours = 8 });
        var (one, three) = (MarginGraphBuilder.Build(neighbours, null, Few), MarginGraphBuilder.Build(neighbours, null, Few with { Threads = 3 }));

        Assert.Equal(one.EdgeCount, three.EdgeCount);
        Assert.All(Enumerable.Range(0, 300), node => Assert.True(one[node].SequenceEqual(three[node])));
    }

    [Fact]
    public void Join_OfTwoGraphs_NumbersTheSecondAfterTheFirst()
    {
        var joined = MarginGraph.Join(MarginGraph.Of(2, [(0, 1, 0.5f, 0.1f)]), MarginGraph.Of(3, [(0, 2, 0.6f, 0.2f)]));

        Assert.Equal(5, joined.Count);
        Assert.Equal(0.1f, joined.Edge(1, 0)?.Margin);
        Assert.Equal(0.2f, joined.Edge(2, 4)?.Margin);
        Assert.Null(joined.Edge(2, 3)?.Margin);
    }

    [Fact]
    public void Similarity_OfDocuments_IsOneForEqualAndNoneForDisjoint()
    {
        var index = LexicalIndex.Build([[1, 2, 3, 3], [1, 2, 3, 3], [7, 8], [1, 2, 9, 9]], 10);

        Assert.Equal(1, index.Similarity(0, 1), 5);
        Assert.Equal(0, index.Similarity(0, 2));
        Assert.InRange(index.Similarity(0, 3), 0.01f, 0.9f);
        Assert.Equal(index.Similarity(0, 3), index.Similarity(3, 0), 5);
    }

    private static MarginGraph Graph(VectorTable table) =>
        MarginGraphBuilder.Build(NeighbourGraphs.Build(table, new byte[table.Count], new NeighbourGraphOptions { Neighbours = 3, Floor = -1 }), null, Few);

    private static (VectorTable Table, double[][] Vectors) Random(int count, int dimension, int seed)
    {
        var random = new Random(seed);
        var table = new VectorTable(dimension);
        var vectors = new double[count][];
        for (var i = 0; i < count; i++)
        {
            var row = Enumerable.Range(0, dimension).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
            table.Add(row.AsSpan());
            var length = Math.Sqrt(row.Sum(value => (double)value * value));
            vectors[i] = Array.ConvertAll(row, value => value / length);
        }

        return (table, vectors);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
