using XCoder.Analysis.Duplicates;

namespace XCoder.Tests.Analysis.Duplicates;

public class KnownTranslationsTests
{
    [Theory]
    [InlineData("parseDate", "parsedate")]
    [InlineData("parse_date", "parsedate")]
    [InlineData("normalise", "normalise")] // long enough
    [InlineData("get", null)]
    [InlineData("parse", null)] // one short word
    [InlineData("a_b", null)]
    public void Of_AName_CountsWhereItTellsEnough(string name, string? expected) => Assert.Equal(expected, NodeNames.Of(name, null).Name);

    [Fact]
    public void Of_ADocumentation_IsItsFirstSentence()
    {
        Assert.Equal("returnsthenumberofdaysbetweentwodates", NodeNames.Of("x", "Returns the number of days between two dates. More.").Documentation);
        Assert.Null(NodeNames.Of("x", "Returns the days.").Documentation);
    }

    [Fact]
    public void Pairs_OfPortsWithManyCommonNames_AreTwins()
    {
        // Two repositories, two languages, eight functions each of the same names.
        var names = Enumerable.Range(0, 8).Select(i => $"function{(char)('a' + i)}Name").ToArray();
        var twins = Twins([.. names.Select(name => ((byte)0, 0, name)), .. names.Select(name => ((byte)1, 1, name))]);

        Assert.Equal(Enumerable.Range(0, 8).Select(i => (i, i + 8)), twins.Pairs);
        Assert.True(twins.IsSame(0, 8));
        Assert.False(twins.IsSame(0, 9));
        Assert.Null(twins.IsSame(0, 1));
    }

    [Fact]
    public void Pairs_OfStrangersWithOneCommonName_AreNone() =>
        Assert.Empty(Twins([(0, 0, "parseDate"), (0, 0, "otherThing"), (1, 1, "parseDate"), (1, 1, "somethingElse")]).Pairs);

    [Fact]
    public void Pairs_OfANameBorneTwice_AreNone()
    {
        var names = Enumerable.Range(0, 6).Select(i => $"function{(char)('a' + i)}Name").ToArray();
        var twins = Twins([.. names.Select(name => ((byte)0, 0, name)), (0, 0, names[0]), .. names.Select(name => ((byte)1, 1, name))]);

        Assert.DoesNotContain(twins.Pairs, pair => pair.A == 0 || pair.A == 6);
        Assert.Equal(5, twins.Pairs.Count);
    }

    private static KnownTranslations Twins((byte Language, int Repository, string Name)[] nodes) =>
        new(SemanticPairsTests.Candidates([.. nodes.Select(node => (node.Language, node.Repository))], []), [.. nodes.Select(node => NodeNames.Of(node.Name, null))]);
}
