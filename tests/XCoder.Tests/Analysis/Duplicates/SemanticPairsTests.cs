using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Tests.Analysis.Duplicates;

public class SemanticPairsTests
{
    private static readonly SemanticOptions Rule = new() { Threshold = 0.1, UnrelatedThreshold = 0.25 };

    [Theory]
    [InlineData(0, 0, 1, 0, 0.11f, true)] // two languages
    [InlineData(0, 0, 1, 0, 0.09f, false)]
    [InlineData(0, 0, 0, 1, 0.16f, true)] // two repositories
    [InlineData(0, 0, 0, 1, 0.12f, false)]
    [InlineData(0, 0, 0, 0, 0.46f, true)] // neither
    [InlineData(0, 0, 0, 0, 0.3f, false)]
    public void Find_WhereTheTwoStand_DecidesWhatIsNeeded(byte languageA, int repositoryA, byte languageB, int repositoryB, float margin, bool isPair)
    {
        var candidates = Candidates([(languageA, repositoryA), (languageB, repositoryB)], [(0, 1, 0.8f, margin)]);

        Assert.Equal(isPair ? 1 : 0, new SemanticPairs(candidates, Rule).Find().Count);
    }

    [Theory]
    [InlineData(0.26f, true)]
    [InlineData(0.24f, false)]
    public void Find_InProjectsThatAreNoPorts_NeedsMore(float margin, bool isPair)
    {
        var candidates = Candidates([(0, 0), (1, 1)], [(0, 1, 0.8f, margin)], arePorts: false);

        Assert.Equal(isPair ? [PairScope.Unrelated] : [], new SemanticPairs(candidates, Rule).Find().Select(pair => pair.Scope));
    }

    [Fact]
    public void Find_OfSiblings_GivesEachItsOwn()
    {
        // min and max in two languages: all four are near, the true pairs nearer.
        var candidates = Candidates([(0, 0), (0, 0), (1, 0), (1, 0)], [(0, 2, 0.9f, 0.5f), (1, 3, 0.9f, 0.5f), (0, 3, 0.85f, 0.3f), (1, 2, 0.85f, 0.3f)]);

        Assert.Equal([(0, 2), (1, 3)], new SemanticPairs(candidates, Rule).Find().Select(pair => (pair.A, pair.B)));
    }

    [Fact]
    public void Find_OfALowCosine_GivesNone() =>
        Assert.Empty(new SemanticPairs(Candidates([(0, 0), (1, 0)], [(0, 1, 0.3f, 0.5f)]), Rule).Find());

    [Fact]
    public void Find_OfStructures_WantsCommonFunctions()
    {
        // 0..3 functions, 4 and 5 structures; 0~2 is a pair, 1 and 3 are not.
        List<(int, int, float, float)> edges = [(0, 2, 0.9f, 0.5f), (4, 5, 0.9f, 0.5f)];
        (byte, int)[] places = [(0, 0), (0, 0), (1, 0), (1, 0), (0, 0), (1, 0)];

        Assert.Contains((4, 5), Pairs(Candidates(places, edges, [[0, 1], [2, 3]])));
        Assert.Contains((4, 5), Pairs(Candidates(places, edges, [[], []])));
        Assert.DoesNotContain((4, 5), Pairs(Candidates(places, edges, [[1], [3]])));
        Assert.DoesNotContain((4, 5), Pairs(Candidates(places, edges, [[0], []])));
    }

    [Fact]
    public void Join_OfAChain_KeepsItsEndsApart()
    {
        // A~B and B~C, and nothing known of A and C.
        var candidates = Candidates([(0, 0), (1, 0), (2, 0)], [(0, 1, 0.9f, 0.5f), (1, 2, 0.9f, 0.4f)]);

        Assert.Equal([[0, 1]], Groups(candidates));
    }

    [Theory]
    [InlineData(0.11f, true)]
    [InlineData(0.09f, false)]
    public void Join_OfAChain_WantsTheThresholdOfItsEnds(float margin, bool areTogether)
    {
        var candidates = Candidates([(0, 0), (1, 0), (2, 0)], [(0, 1, 0.9f, 0.5f), (1, 2, 0.9f, 0.4f), (0, 2, 0.6f, margin)]);

        Assert.Equal([areTogether ? [0, 1, 2] : [0, 1]], Groups(candidates));
    }

    [Fact]
    public void Join_OfAStrangerToAPort_WantsTheThresholdOfStrangers()
    {
        // 0 and 1 are ports; the project of 2 is a stranger to both.
        var candidates = new SemanticCandidates
        {
            Graph = MarginGraph.Of(3, [(0, 1, 0.9f, 0.5f), (1, 2, 0.9f, 0.4f), (0, 2, 0.6f, 0.2f)]),
            Languages = [0, 1, 2],
            Repositories = [0, 1, 2],
            Members = [],
            TextGroups = [-1, -1, -1],
            Ports = new HashSet<(long, long)> { (PortPlaces.Place(0, 0), PortPlaces.Place(1, 1)) },
        };

        Assert.Equal([[0, 1]], Groups(candidates));
    }

    [Fact]
    public void Join_OfRandomGraphs_NeverPutsStrangersTogether()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var places = Enumerable.Range(0, 40).Select(_ => ((byte)random.Next(4), random.Next(2))).ToArray();
            var edges = Enumerable.Range(0, 40).SelectMany(a => Enumerable.Range(a + 1, 39 - a).Select(b => (a, b))).Where(_ => random.Next(3) == 0)
                .Select(pair => (pair.a, pair.b, 0.5f + (random.NextSingle() / 2), (random.NextSingle() * 0.7f) - 0.2f)).ToList();
            var candidates = Candidates(places, edges);
            var pairs = new SemanticPairs(candidates, Rule);
            var groups = Groups(candidates);

            Assert.Equal(groups.SelectMany(group => group).Distinct().Count(), groups.Sum(group => group.Length));
            Assert.All(groups, group => Assert.All(group, a => Assert.All(group, b => Assert.True(a == b || pairs.MayMeet(a, b)))));
        }
    }

    internal static SemanticCandidates Candidates((byte Language, int Repository)[] places, List<(int A, int B, float Cosine, float Margin)> edges, int[][]? members = null,
        bool arePorts = true) => new()
    {
        Graph = MarginGraph.Of(places.Length, edges),
        Languages = [.. places.Select(place => place.Language)],
        Repositories = [.. places.Select(place => place.Repository)],
        Members = members ?? [],
        TextGroups = [.. places.Select(_ => -1)],
        Ports = arePorts ? Cells(places).SelectMany(a => Cells(places).Where(b => a < b).Select(b => (a, b))).ToHashSet() : new HashSet<(long, long)>(),
    };

    private static IEnumerable<long> Cells((byte Language, int Repository)[] places) =>
        places.Select(place => PortPlaces.Place(place.Repository, place.Language)).Distinct();

    private static IEnumerable<(int, int)> Pairs(SemanticCandidates candidates) => new SemanticPairs(candidates, Rule).Find().Select(pair => (pair.A, pair.B));

    private static List<int[]> Groups(SemanticCandidates candidates)
    {
        var pairs = new SemanticPairs(candidates, Rule);
        return SemanticGroups.Join(pairs, pairs.Find(), CancellationToken.None);
    }
}
