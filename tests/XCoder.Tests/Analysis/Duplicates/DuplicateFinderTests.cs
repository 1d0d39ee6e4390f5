using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Vectors.Sets;
using Xunit;

namespace XCoder.Tests.Analysis.Duplicates;

public sealed class DuplicateFinderTests
{
    private const string Body = "int f(int a) { if (a) { return a + 1; } for (b) { g(a, b); } return h(a) * 2; }";
    private const string Renamed = "int k(int x) { if (x) { return x + 7; } for (y) { z(x, y); } return w(x) * 9; }";
    private const string Near = "int f(int a) { if (a) { return a + 1; } for (b) { g(a, b); } log(); return h(a) * 2; }";
    private const string Other = "while (true) { p = q; q = r; r = \"s\"; class t { u; v; } }";

    public static TheoryData<string[], string[]> Corpora => new()
    {
        { ["«" + Body + "»", "// moved\n«" + Body + "»", "«" + Other + "»"], ["Exact: 0 1"] },
        { ["«" + Body + "»", "«" + Renamed + "»"], ["Renamed: 0 1"] },
        { ["«" + Body + "»", "«" + Body + "»", "«" + Renamed + "»"], ["Exact: 0 1", "Renamed: 0 1 2"] },
        { ["«" + Body + "»", "«" + Near + "»", "«" + Other + "»"], ["Near: 0 1"] },
        { ["«" + Body + "» «" + Body + "»", "«" + Near + "»"], ["Exact: 0 1", "Near: 0 1 2"] },
        { ["«" + Body + "»", "‹" + Body + "»"], [] },
        { ["‹" + Body + "»", "‹" + Body + "»"], ["Exact: 0 1"] },
        { ["«f(a)»", "«f(a)»"], [] },
        { [], [] },
        { ["««" + Body + "»»"], [] },
        { ["««" + Body + "» 1»"], [] },
        { ["««" + Body + "»»", "«" + Body + "»"], ["Exact: 0 2"] },
        { ["««" + Body + "» 1»", "««" + Body + "» 2»"], ["Exact: 1 3", "Near: 0 3", "Near: 1 2", "Renamed: 0 2"] },
        { ["««" + Body + "» 1»", "«" + Near + "»"], ["Near: 0 2", "Near: 1 2"] },
    };

    [Theory]
    [MemberData(nameof(Corpora))]
    public void Find_SmallCorpora_ListsTheGroups(string[] files, string[] expected) =>
        Assert.Equal(expected, TinyCorpus.Of(files).Found().Order());

    [Fact]
    public void Find_MethodsOfEqualClasses_AreWithinTheirGroup()
    {
        var groups = TinyCorpus.Of("‹class c { «" + Body + "» «" + Other + "» }»", "‹class c { «" + Body + "» «" + Other + "» }»").Find().Groups;
        Assert.Equal(3, groups.Count);
        Assert.Equal([null, groups[0].Group, groups[0].Group], groups.Select(group => group.Within));
    }

    [Fact]
    public void Find_WrapperNearTheCoreOfItsTwin_IsWithinTheWrappers()
    {
        var groups = TinyCorpus.Of("««" + Body + "» 1»", "««" + Body + "» 2»").Find().Groups;
        var wrappers = groups.Single(group => group.Kind == DuplicateKind.Renamed).Group;
        Assert.All(groups.Where(group => group.Kind != DuplicateKind.Renamed), group => Assert.Equal(wrappers, group.Within));
    }

    [Fact]
    public void Find_MethodAlsoElsewhere_IsNotWithin()
    {
        var groups = TinyCorpus.Of("‹class c { «" + Body + "» }»", "‹class c { «" + Body + "» }»", "«" + Body + "»").Find().Groups;
        Assert.All(groups, group => Assert.Null(group.Within));
    }

    [Fact]
    public void Find_TwoOfThreeInOneClass_NeedsDistinctEnclosingMembers()
    {
        var file = "‹class c { «" + Body + "» «" + Body + "» }»";
        var groups = TinyCorpus.Of(file, file).Find().Groups;
        Assert.All(groups, group => Assert.Null(group.Within));
    }

    [Theory]
    [InlineData(nameof(SnippetTraits.Errors), nameof(SnippetTraits.None), 1, "no syntax error")]
    [InlineData(nameof(SnippetTraits.None), nameof(SnippetTraits.Documented), 1, "documented")]
    [InlineData(nameof(SnippetTraits.Test), nameof(SnippetTraits.None), 1, "not a test")]
    [InlineData("Documented, Errors", nameof(SnippetTraits.Test), 1, "no syntax error")]
    [InlineData(nameof(SnippetTraits.None), nameof(SnippetTraits.None), 0, "first of 2")]
    public void Representative_Traits_DecideInOrder(string first, string second, int expected, string reason)
    {
        var group = Assert.Single(new TinyCorpus().Add("«" + Body + "»", Enum.Parse<SnippetTraits>(first)).Add("«" + Body + "»", Enum.Parse<SnippetTraits>(second)).Find().Groups);
        Assert.Equal((expected, reason), (group.Representative, group.Reason));
    }

    [Fact]
    public void Representative_Depth_PrefersTheShorterPath() => Assert.Equal(
        (1, "shortest path, first of 2"),
        new TinyCorpus().Add("«" + Body + "»", depth: 3).Add("«" + Body + "»", depth: 1).Add("«" + Body + "»", depth: 1)
            .Find().Groups.Select(group => (group.Representative, group.Reason)).Single());

    [Fact]
    public void Group_FilesMoved_KeepsItsId()
    {
        var before = TinyCorpus.Of("«" + Body + "»", "«" + Near + "»", "«" + Body + "»").Find().Groups;
        var after = TinyCorpus.Of("«" + Other + "»", "«" + Near + "» «" + Body + "»", "int x; «" + Body + "»").Find().Groups;
        Assert.Equal(before.Select(group => group.Group), after.Select(group => group.Group));
    }

    [Fact]
    public void Shares_KindsLookedFor_CountDistinctSnippets()
    {
        var result = TinyCorpus.Of("«" + Body + "»", "«" + Body + "»", "«" + Renamed + "»", "«" + Other + "»", "«f(a)»").Find();
        Assert.Equal(
            [new(DuplicateKind.Exact, 1, 2, 0.5), new(DuplicateKind.Renamed, 1, 3, 0.75), new DuplicateShare(DuplicateKind.Near, 0, 0, 0)],
            result.Shares);
        Assert.Equal((4, 1), (result.Compared, result.TooShort));
    }

    [Fact]
    public void Find_FilesOutOfOrder_Throws()
    {
        var corpus = TinyCorpus.Of("«" + Body + "»", "«" + Body + "»");
        corpus.Snippets.Reverse();
        Assert.Throws<ArgumentException>(() => corpus.Find());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Find_RandomCorpus_NearAgreesWithBruteForce(int seed)
    {
        var corpus = Mutants(new Random(seed), 300);
        var options = new DuplicateOptions { MinTokens = 5 };
        var groups = corpus.Find(options).Groups.Where(group => group.Kind == DuplicateKind.Near).ToArray();
        ulong[][] sets = [.. Enumerable.Range(0, corpus.Snippets.Count).Select(i => corpus.Shingles(i, options.ShingleSize))];
        var expected = Enumerable.Range(0, sets.Length).Where(i => Enumerable.Range(0, sets.Length).Any(j =>
            corpus.Snippets[i].Renamed != corpus.Snippets[j].Renamed && Jaccard.Of(sets[i], sets[j]) >= options.Threshold)).ToArray();
        var actual = groups.SelectMany(group => group.Members).Distinct().Order().ToArray();

        Assert.InRange(expected.Length, 50, 299);
        Assert.True(expected.Except(actual).Count() <= expected.Length / 100, $"{expected.Except(actual).Count()} of {expected.Length} lost");
        Assert.Equal(groups.Length, groups.Select(group => group.Group).Distinct().Count());
        foreach (var group in groups)
        {
            Assert.True(group.Members.Select(i => corpus.Snippets[i].Renamed).Distinct().Count() >= 2);
            Assert.Equal(group.Similarity, group.Members.Min(i => Jaccard.Of(sets[i], sets[group.Representative])));
            Assert.InRange(group.Similarity, options.Threshold, 1);
        }
    }

    [Fact]
    public void Find_OtherThreadsAndMemory_GivesTheSame()
    {
        var corpus = Mutants(new Random(5), 4000);
        var expected = Describe(new DuplicateOptions { MinTokens = 5 });
        Assert.Equal(expected, Describe(new DuplicateOptions { MinTokens = 5, Threads = 4 }));
        Assert.Equal(expected, Describe(new DuplicateOptions { MinTokens = 5, Threads = 3, VerificationMegabytes = 1 }));

        string[] Describe(DuplicateOptions options) =>
            [.. corpus.Find(options).Groups.Select(group => $"{group} {string.Join(' ', group.Members)}")];
    }

    /// <summary>Random snippets and, of most of them, copies with some tokens changed.</summary>
    private static TinyCorpus Mutants(Random random, int count)
    {
        var texts = new List<string[]>();
        for (var i = 0; i < count; i++)
        {
            texts.Add(i > 10 && random.Next(3) > 0
                ? [.. texts[random.Next(texts.Count)].Select(token => random.Next(25) == 0 ? Token() : token)]
                : [.. Enumerable.Range(0, random.Next(20, 60)).Select(_ => Token())]);
        }

        return TinyCorpus.Of(texts.Chunk(3).Select(file => string.Join('\n', file.Select(tokens => $"«{string.Join(' ', tokens)}»"))));

        string Token() => random.Next(4) == 0 ? ";" : $"v{random.Next(40)}";
    }
}
