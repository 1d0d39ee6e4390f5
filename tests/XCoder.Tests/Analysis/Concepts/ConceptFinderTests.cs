using XCoder.Analysis.Concepts;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Tests.Analysis.Concepts;

public class ConceptFinderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Find_PlantedClusters_AreFoundAndNoiseIsLeft(int seed)
    {
        var planted = PlantedGraph.Create(clusters: 100, members: 7, noise: 500, seed);

        var found = new ConceptFinder().Find(planted.Graph);

        Assert.Equal(100, found.Members.Count);
        foreach (var members in found.Members)
        {
            Assert.Equal(7, members.Length);
            Assert.Single(members.Select(node => planted.Truth[node]).Distinct());
            Assert.DoesNotContain(-1, members.Select(node => planted.Truth[node]));
        }
    }

    [Fact]
    public void Find_SameGraphInAnotherOrder_GivesTheSameClusters()
    {
        var planted = PlantedGraph.Create(clusters: 50, members: 6, noise: 300, seed: 9);
        var (count, order) = (planted.Graph.Count, Enumerable.Range(0, planted.Graph.Count).ToArray());
        new Random(10).Shuffle(order);
        var builder = new WeightedGraphBuilder(count);
        for (var node = count - 1; node >= 0; node--)
        {
            foreach (var edge in planted.Graph[node])
            {
                builder.Add(order[node], order[edge.Other], edge.Weight);
            }
        }

        var first = new ConceptFinder().Find(planted.Graph);
        var again = new ConceptFinder().Find(planted.Graph);
        var shuffled = new ConceptFinder().Find(builder.Build());

        Assert.Equal(first.Of.ToArray(), again.Of.ToArray());
        Assert.Equal(first.Strengths.ToArray(), again.Strengths.ToArray());
        Assert.Equal(Named(first.Members), Named(shuffled.Members.Select(members => Array.ConvertAll(members, node => Array.IndexOf(order, node)))));
    }

    [Fact]
    public void Find_AChain_DoesNotMerge()
    {
        var builder = new WeightedGraphBuilder(1000);
        for (var node = 0; node + 1 < 1000; node++)
        {
            builder.Add(node, node + 1, 0.3f);
        }

        var found = new ConceptFinder(new ConceptOptions { MinMembers = 2 }).Find(builder.Build());

        // Mean of an end's margins in a path of n: (0.3 - 0.2 (n - 2)) / (n - 1), below 0 from n = 4 on.
        Assert.All(found.Members, members => Assert.InRange(members.Length, 2, 3));
    }

    [Fact]
    public void Find_TwoCliquesWithABridge_StayApart()
    {
        var builder = new WeightedGraphBuilder(10);
        for (var a = 0; a < 10; a++)
        {
            for (var b = a + 1; b < 10; b++)
            {
                if (a / 5 == b / 5)
                {
                    builder.Add(a, b, 0.3f);
                }
            }
        }

        builder.Add(4, 5, 0.5f);

        var found = new ConceptFinder().Find(builder.Build());

        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], found.Of.ToArray());
        Assert.All(found.Strengths.ToArray(), strength => Assert.Equal(1, strength, 5));
        Assert.All(found.Cohesions, cohesion => Assert.Equal(0.3, cohesion, 5));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Find_AnyGraph_EveryMemberIsAboveTheThreshold(int seed)
    {
        var random = new Random(seed);
        var builder = new WeightedGraphBuilder(2000);
        for (var edge = 0; edge < 30_000; edge++)
        {
            var a = random.Next(2000);
            builder.Add(a, (a + random.Next(1, 60)) % 2000, (0.7f * random.NextSingle()) - 0.3f);
        }

        var graph = builder.Build();
        var options = new ConceptOptions { MinMembers = 2 };
        var found = new ConceptFinder(options).Find(graph);

        Assert.NotEmpty(found.Members);
        foreach (var node in found.Members.SelectMany(members => members))
        {
            var members = found.Members[found.Of[node]];
            var linked = graph[node].ToArray().Where(edge => edge.Weight > options.Missing && members.Contains(edge.Other)).ToArray();
            var mean = (linked.Sum(edge => edge.Weight) + (options.Missing * (members.Length - 1 - linked.Length))) / (members.Length - 1);
            Assert.InRange(mean, options.Threshold - 1e-4, 1);
            Assert.InRange(found.Strengths[node], 1e-6f, 1);
        }
    }

    [Fact]
    public void Find_MinLanguagesAndMembers_LeaveTheOthersAsNoise()
    {
        var builder = new WeightedGraphBuilder(8);
        foreach (var (a, b) in new[] { (0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (6, 7) })
        {
            builder.Add(a, b, 0.4f);
        }

        var graph = builder.Build();
        int[] languages = [0, 0, 0, 0, 1, 1, 0, 1];

        Assert.Equal([0, 0, 0, 1, 1, 1, -1, -1], new ConceptFinder().Find(graph).Of.ToArray());
        Assert.Equal([-1, -1, -1, 0, 0, 0, -1, -1], new ConceptFinder(new() { MinLanguages = 2 }).Find(graph, languages).Of.ToArray());
        Assert.Equal([-1, -1, -1, 0, 0, 0, 1, 1], new ConceptFinder(new() { MinLanguages = 2, MinMembers = 2 }).Find(graph, languages).Of.ToArray());
        Assert.Throws<ArgumentException>(() => new ConceptFinder(new() { MinLanguages = 2 }).Find(graph));
    }

    [Fact]
    public void Find_NoEdges_IsAllNoise()
    {
        Assert.Empty(new ConceptFinder().Find(new WeightedGraphBuilder(0).Build()).Members);
        Assert.Equal([-1, -1], new ConceptFinder().Find(new WeightedGraphBuilder(2).Build()).Of.ToArray());
    }

    [Fact]
    public void Find_TwoHundredThousandNodes_FindsThePlantedClusters()
    {
        var planted = PlantedGraph.Create(clusters: 10_000, members: 10, noise: 100_000, seed: 6);

        var found = new ConceptFinder(new() { MinMembers = 5 }).Find(planted.Graph);

        Assert.Equal(10_000, found.Members.Count);
    }

    [Fact]
    public void Options_OutOfRange_AreNamed()
    {
        Assert.Contains("MinMembers", Assert.Throws<ArgumentOutOfRangeException>(() => new ConceptFinder(new() { MinMembers = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("Missing", Assert.Throws<ArgumentOutOfRangeException>(() => new ConceptFinder(new() { Missing = 0.5f })).Message, StringComparison.Ordinal);
        Assert.Contains("Threshold", Assert.Throws<ArgumentOutOfRangeException>(() => new ConceptFinder(new() { Threshold = float.NaN })).Message, StringComparison.Ordinal);
    }

    private static HashSet<string> Named(IEnumerable<int[]> clusters) => [.. clusters.Select(members => string.Join(' ', members.Order()))];
}
