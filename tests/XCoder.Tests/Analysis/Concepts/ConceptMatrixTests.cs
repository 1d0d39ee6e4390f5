using XCoder.Analysis.Concepts;

namespace XCoder.Tests.Analysis.Concepts;

public class ConceptMatrixTests
{
    [Fact]
    public void Find_WhatNobodyDocuments_IsNoGap()
    {
        var matrix = SampleConcepts.Matrix();
        var bare = matrix with { Rows = [.. matrix.Rows.Select(row => row with { Total = row.Total with { Documented = 0 } })] };

        Assert.NotEmpty(GapFinder.Find(matrix, (_, _) => null, new GapOptions()));
        Assert.Empty(GapFinder.Find(bare, (_, _) => null, new GapOptions()));
    }

    [Fact]
    public void Find_GapsOfProjects_ComeFirst()
    {
        var gaps = GapFinder.Find(SampleConcepts.Matrix(), (concept, _) => concept == SampleConcepts.ParseDate ? -0.19 : null, new GapOptions(),
            (concept, _) => concept == SampleConcepts.ParseDate ? ["lib"] : []);

        Assert.Equal("parse date", gaps[0].Row.Label);
        Assert.True(gaps[0].Score < gaps[^1].Score);
        Assert.Empty(GapFinder.Find(SampleConcepts.Matrix(), (_, _) => null, new GapOptions(), (_, _) => null));
    }

    [Fact]
    public void Build_Counts_CellsTotalsAndLanguages()
    {
        var matrix = SampleConcepts.Matrix();

        Assert.Equal(["sort list", "open door", "parse date"], matrix.Rows.Select(row => row.Label));
        Assert.Equal(new ConceptCell(40, 30, 20), matrix.Rows[0].Cells["python"]);
        Assert.Equal(new ConceptCell(70, 30, 20), matrix.Rows[0].Total);
        Assert.Equal(["python", "java", "go", "lua"], matrix.Languages.Select(language => language.Language));
        Assert.Equal(new ConceptLanguage("python", 160, 110, 3), matrix.Languages[0]);
        Assert.Equal(60, matrix.Noise);
        Assert.Equal(matrix.Functions, matrix.Noise + matrix.Rows.Sum(row => row.Total.Snippets));
    }

    [Fact]
    public void WithPairs_Counts_CellsAndTotals()
    {
        var matrix = SampleConcepts.Matrix();
        var (first, second) = (matrix.Rows[0].Concept, matrix.Rows[1].Concept);
        var counted = matrix.WithPairs(new Dictionary<(string, string), int> { [(first, "python")] = 3, [(first, "zig")] = 2, [("unknown", "python")] = 9 });

        Assert.Equal(new ConceptCell(40, 30, 20, 3), counted.Rows[0].Cells["python"]);
        Assert.DoesNotContain("zig", counted.Rows[0].Cells.Keys);
        Assert.Equal(5, counted.Rows[0].Total.Pairs);
        Assert.Equal((second, 0), (counted.Rows[1].Concept, counted.Rows[1].Total.Pairs));
        Assert.Equal(0, matrix.Rows[0].Total.Pairs);
    }

    [Fact]
    public void Build_ConceptOfNothingCounted_IsLeftOut() => Assert.DoesNotContain(SampleConcepts.Matrix().Rows, row => row.Label == "only tests");

    [Fact]
    public void Find_Gaps_AreRankedByBreadthAndDistance()
    {
        var gaps = GapFinder.Find(SampleConcepts.Matrix(), (_, _) => null, new GapOptions());

        // Lua has no real presence; three languages: two suffice.
        Assert.Equal([("parse date", "go", 0.75), ("sort list", "go", 0.75)], gaps.Select(gap => (gap.Row.Label, gap.Language, gap.Score)).OrderBy(gap => gap.Label, StringComparer.Ordinal));
        Assert.All(gaps, gap => Assert.Equal(["java", "python"], gap.Languages.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(-0.12, 0)]
    [InlineData(0.3, 0)]
    [InlineData(-0.16, 0.375)]
    [InlineData(-0.2, 0.75)]
    [InlineData(-0.5, 0.75)]
    public void Find_WhatComesNear_MakesTheGapSmaller(double margin, double score)
    {
        var gaps = GapFinder.Find(SampleConcepts.Matrix(), (concept, _) => concept == SampleConcepts.ParseDate ? margin : null, new GapOptions());
        Assert.Equal(score, gaps.Where(gap => gap.Row.Label == "parse date").Select(gap => gap.Score).SingleOrDefault(), 6);
    }

    [Fact]
    public void Find_DocumentedAndTested_WeighMore()
    {
        var matrix = SampleConcepts.Matrix(everythingTested: true);
        Assert.Equal(1, GapFinder.Find(matrix, (_, _) => null, new GapOptions())[0].Score, 6);
    }

    [Fact]
    public void Find_LanguageWithoutRealPresence_HasNoGaps() =>
        Assert.DoesNotContain(GapFinder.Find(SampleConcepts.Matrix(), (_, _) => null, new GapOptions()), gap => gap.Language == "lua" || gap.Languages.Contains("lua"));

    [Fact]
    public void Validate_Values_AreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GapOptions { MinShare = 2 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new GapOptions { Far = 0.5 }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new GapOptions { MinFunctions = 0 }.Validate());
        new GapOptions().Validate();
    }
}
