using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

public class ExtractorKeysTests
{
    private static readonly LanguageCatalog Catalog = LanguageCatalog.Open();

    public static TheoryData<string, Func<Language, Language>> Changes() => new()
    {
        { "separator", row => row with { Separator = "/" } },
        { "keywords", row => row with { Keywords = ["self"] } },
        { "blanks", row => row with { Blanks = ["^(X)$"] } },
        { "end marker", row => row with { EndMarker = "end (a)" } },
        { "no layout", row => row with { Layout = null } },
        { "nodes", row => row with { Layout = row.Layout! with { Nodes = ["block"] } } },
        { "verbatim", row => row with { Layout = row.Layout! with { Verbatim = ["block"] } } },
        { "breaks after", row => row with { Layout = row.Layout! with { BreaksAfter = ["return"] } } },
        { "breaks before", row => row with { Layout = row.Layout! with { BreaksBefore = ["return"] } } },
        { "breaks within", row => row with { Layout = row.Layout! with { BreaksWithin = ["["] } } },
        { "breaks", row => row with { Layout = row.Layout! with { Breaks = ["block"] } } },
        { "markup", row => row with { Layout = row.Layout! with { Markup = "(" } } },
        { "line numbers", row => row with { Layout = row.Layout! with { LineNumbers = ["LINE"] } } },
        { "leading", row => row with { Layout = row.Layout! with { Gaps = [new() { Leading = true }] } } },
        { "spaces", row => row with { Layout = row.Layout! with { Spaces = ["return"] } } },
        { "tests", row => row with { Tests = new() { Names = "^t" } } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Of_ARowThatExtractsOtherwise_IsAnotherKey(string what, Func<Language, Language> change)
    {
        var row = Catalog.Find("python")!;

        Assert.True(new ExtractorKeys(Catalog).Of(row) != new ExtractorKeys(Catalog).Of(change(row)), what);
        Assert.Equal(new ExtractorKeys(Catalog).Of(row), new ExtractorKeys(Catalog).Of(row with { Name = "Other" }));
    }

    [Fact]
    public void Of_ListsThatAreCutElsewhere_AreOtherKeys()
    {
        var row = Catalog.Find("python")! with { Layout = new() { BreaksAfter = ["a", "b"] } };

        Assert.NotEqual(new ExtractorKeys(Catalog).Of(row),
            new ExtractorKeys(Catalog).Of(row with { Layout = new() { BreaksAfter = ["a"], BreaksBefore = ["b"] } }));
    }
}
