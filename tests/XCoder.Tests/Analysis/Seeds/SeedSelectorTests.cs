using XCoder.Analysis.Seeds;

namespace XCoder.Tests.Analysis.Seeds;

public class SeedSelectorTests
{
    private static readonly string[] Languages = ["a", "b", "c"];

    // 20 concepts x 3 languages x 6 functions, two of a group each; 60 functions in no concept.
    private static readonly SeedCandidate[] Candidates =
    [
        .. Enumerable.Range(0, 360).Select(i => new SeedCandidate(i / 18, Languages[i % 3], i / 2, 0.3 + (i * 7 % 10 / 20.0))),
        .. Enumerable.Range(0, 60).Select(i => new SeedCandidate(-1, Languages[i % 3], 1000 + i, 0.4)),
    ];

    [Fact]
    public void Select_SameSeed_SameResult() => Assert.Equal(Select(new() { Seed = 3 }), Select(new() { Seed = 3 }));

    [Fact]
    public void Select_AnotherSeed_AnotherResult() => Assert.NotEqual(Select(new() { Seed = 3 }), Select(new() { Seed = 4 }));

    [Fact]
    public void Select_Fewer_AreTheFirstOfMore() => Assert.Equal(Select(new() { Count = 100 }).Take(17), Select(new() { Count = 17 }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Select_All_NoTwoOfOneGroupAndNoneLeft(int seed)
    {
        var chosen = Select(new() { Seed = seed, Count = 10_000 });
        Assert.Distinct(chosen.Select(candidate => Candidates[candidate].Group));
        Assert.Equal(Candidates.Select(candidate => candidate.Group).Distinct().Count(), chosen.Count);
    }

    [Fact]
    public void Select_PerLanguage_AGroupGivesOneInEachOfItsLanguages()
    {
        var chosen = Select(new() { Count = 10_000, IsPerLanguage = true });
        Assert.Distinct(chosen.Select(candidate => (Candidates[candidate].Group, Candidates[candidate].Language)));
        Assert.Equal(Candidates.Select(candidate => (candidate.Group, candidate.Language)).Distinct().Count(), chosen.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Select_ARound_IsOneOfEachConceptOverAllLanguages(int seed)
    {
        // 20 concepts, and what is in none counts as one a language.
        var round = Select(new() { Seed = seed, Count = 23 });
        Assert.Distinct(round.Select(candidate => (Candidates[candidate].Concept, Candidates[candidate].Concept < 0 ? Candidates[candidate].Language : "")));
        Assert.All(Languages, language => Assert.InRange(round.Count(candidate => Candidates[candidate].Language == language), 5, 11));
        var three = Select(new() { Seed = seed, Count = 69 }).Where(candidate => Candidates[candidate].Concept >= 0);
        Assert.All(three.GroupBy(candidate => Candidates[candidate].Concept), concept => Assert.Distinct(concept.Select(candidate => Candidates[candidate].Language)));
    }

    [Fact]
    public void Select_PerConcept_IsAtMostThat() =>
        Assert.All(Select(new() { Count = 1000, PerConcept = 2 }).GroupBy(candidate => (Candidates[candidate].Concept, Candidates[candidate].Concept < 0 ? Candidates[candidate].Language : "")), concept => Assert.Equal(2, concept.Count()));

    [Fact]
    public void Select_WhatHasNoQuality_IsLeftOut()
    {
        var chosen = new SeedSelector(Candidates, new() { Count = 1000 }, candidate => candidate % 3 == 0 ? null : 0.5, (_, _) => 0).Select();
        Assert.DoesNotContain(chosen, candidate => candidate % 3 == 0);
        Assert.DoesNotContain(chosen, candidate => Candidates[candidate].Language == "a");
    }

    [Fact]
    public void Select_InOneCell_TheFarPointComesSecond()
    {
        // Two near one another, one far and somewhat worse.
        double[] places = [0, 0.05, 1], qualities = [0.8, 0.79, 0.6];
        SeedCandidate[] cell = [.. places.Select((_, i) => new SeedCandidate(0, "a", i, 0.5))];
        var chosen = new SeedSelector(cell, new() { Count = 3 }, i => qualities[i], (a, b) => 1 - Math.Abs(places[a] - places[b])).Select();
        Assert.Equal([0, 2, 1], chosen);
    }

    [Fact]
    public void Select_Quality_IsAskedOfFewAndOnce()
    {
        var asked = new List<int>();
        var many = Enumerable.Range(0, 5000).Select(i => new SeedCandidate(i % 5, "a", i, 0.5)).ToArray();
        new SeedSelector(many, new() { Count = 10, Considered = 4 }, Ask, (_, _) => 0).Select();
        Assert.Distinct(asked);
        Assert.InRange(asked.Count, 10, 25);

        double? Ask(int candidate)
        {
            asked.Add(candidate);
            return 0.5;
        }
    }

    [Fact]
    public void Select_Nothing_IsNothing() => Assert.Empty(new SeedSelector([], new(), _ => 1, (_, _) => 0).Select());

    [Fact]
    public void Select_WrongOptions_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SeedSelector([], new() { Count = 0 }, _ => 1, (_, _) => 0));

    private static IReadOnlyList<int> Select(SeedOptions options) =>
        new SeedSelector(Candidates, options, candidate => Candidates[candidate].Promise, (a, b) => 1 - (Math.Abs(a - b) / 1000.0)).Select();
}
