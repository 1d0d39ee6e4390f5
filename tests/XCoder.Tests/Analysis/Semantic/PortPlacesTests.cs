using XCoder.Analysis.Semantic;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Tests.Analysis.Semantic;

public class PortPlacesTests
{
    // Two places of 100 functions each: repository 0 in language 0, and another place; the first functions of both are pairs.
    [Theory]
    [InlineData(1, 4, 0.3f, true)] // two repositories: 4 of 100
    [InlineData(1, 3, 0.3f, false)]
    [InlineData(1, 4, 0.24f, false)]
    [InlineData(0, 5, 0.3f, true)] // one repository: 5 of 100
    [InlineData(0, 4, 0.3f, false)]
    public void Of_TwoPlaces_ArePortsByTheirPairs(int repository, int pairs, float margin, bool arePorts) =>
        Assert.Equal(arePorts ? [(PortPlaces.Place(0, 0), PortPlaces.Place(repository, 1))] : [], Ports(100, repository, Pairs(100, pairs, margin)));

    [Theory]
    [InlineData(0, 20, 2, true)] // one repository: a tenth
    [InlineData(0, 20, 1, false)]
    [InlineData(0, 21, 2, false)]
    [InlineData(1, 4, 2, true)] // two repositories: half
    [InlineData(1, 5, 2, false)]
    public void Of_SmallPlaces_NeedALargeShare(int repository, int size, int pairs, bool arePorts) =>
        Assert.Equal(arePorts, Ports(size, repository, Pairs(size, pairs, 0.3f)).Length > 0);

    [Fact]
    public void Of_PartnersThatHaveABetterOne_IsNone() =>
        Assert.Empty(Ports(20, 1, [.. Enumerable.Range(0, 10).Select(i => (i, 20, 0.9f, 0.3f + (0.01f * i)))])); // one function is near to ten

    [Fact]
    public void Of_OneLanguage_IsNone() => Assert.Empty(PortPlaces.ByMargins(Nodes(20, 1, language: 0), MarginGraph.Of(40, Pairs(20, 10, 0.5f))));

    [Theory]
    [InlineData(100, 10, true)]
    [InlineData(100, 9, false)]
    [InlineData(101, 10, false)] // less than a tenth
    public void Of_PlacesThatShareLongNames_ArePorts(int size, int shared, bool arePorts)
    {
        var nodes = Nodes(size, 0, language: 1);
        var names = Enumerable.Range(0, 2 * size).Select(i => ((long)i, i % size < shared ? $"shared_name_{i % size}" : $"ownNameOf{i}"));

        Assert.Equal(arePorts, PortPlaces.ByNames(nodes, names).Any());
        Assert.Empty(PortPlaces.ByNames(nodes, Enumerable.Range(0, 2 * size).Select(i => ((long)i, $"get{i % size}"))));
    }

    private static List<(int, int, float, float)> Pairs(int size, int pairs, float margin) => [.. Enumerable.Range(0, pairs).Select(i => (i, size + i, 0.9f, margin))];

    private static (long, long)[] Ports(int size, int repository, List<(int, int, float, float)> edges) =>
        [.. PortPlaces.ByMargins(Nodes(size, repository, language: 1), MarginGraph.Of(2 * size, edges))];

    private static SemanticNodes Nodes(int size, int repository, byte language) => new()
    {
        Languages = ["python", "go"],
        Families = [0, 1],
        Repositories = ["a", "b"],
        Language = [.. Enumerable.Repeat((byte)0, size), .. Enumerable.Repeat(language, size)],
        Repository = [.. Enumerable.Repeat(0, size), .. Enumerable.Repeat(repository, size)],
        Embedding = new long[2 * size],
        Content = new ulong[2 * size],
        Functions = 2 * size,
        Snippets = [.. Enumerable.Range(0, 2 * size).Select(i => (long)i)],
        NodeOf = [.. Enumerable.Range(0, 2 * size)],
        TextGroup = [.. Enumerable.Repeat(-1, 2 * size)],
        Members = [],
    };
}
