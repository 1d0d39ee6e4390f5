using XCoder.Analysis.Seeds;

namespace XCoder.Tests.Analysis.Seeds;

public class SeedRaterTests
{
    private static readonly SeedFacts Good = new() { Tokens = 120, DistinctTokens = 45, DocumentationWords = 12, IsTested = true };

    [Fact]
    public void Rate_AllThatIsAskedFor_IsOne() => Assert.Equal(1, SeedRater.Rate(Good).Total, 9);

    [Fact]
    public void Rate_LessOfAnything_IsLess()
    {
        SeedFacts[] worse = [Good with { DocumentationWords = 2 }, Good with { DocumentationWords = 0 }, Good with { OuterNames = 1 }, Good with { DistinctTokens = 20 }, Good with { Tokens = 900 }, Good with { Tokens = 25 }, Good with { IsTested = false }];
        Assert.All(worse, facts => Assert.InRange(SeedRater.Rate(facts).Total, 0.3, 0.99));
        Assert.Equal(0.5, SeedRater.Rate(Good with { OuterNames = 4 }).SelfContained, 9);
    }

    [Fact]
    public void Promise_IsNoLessThanWhatItComesTo()
    {
        foreach (var names in (int[])[0, 3, 30])
        {
            var facts = Good with { OuterNames = names, DistinctTokens = 30 };
            Assert.True(SeedRater.Promise(facts) >= SeedRater.Rate(facts).Total);
        }
    }

    [Fact]
    public void Reject_EachReason_IsNamed()
    {
        Assert.Equal(SeedRejection.None, SeedRater.Reject(Good));
        Assert.Equal(SeedRejection.Test, SeedRater.Reject(Good with { IsTest = true }));
        Assert.Equal(SeedRejection.Errors, SeedRater.Reject(Good with { HasErrors = true }));
        Assert.Equal(SeedRejection.TooShort, SeedRater.Reject(Good with { Tokens = 19 }));
        Assert.Equal(SeedRejection.TooLong, SeedRater.Reject(Good with { Tokens = 1025 }));
        Assert.Equal(SeedRejection.Trivial, SeedRater.Reject(Good with { DistinctTokens = 11 }));
        Assert.Equal(SeedRejection.Generated, SeedRater.Reject(Good with { Literals = 60 }));
        Assert.Equal(SeedRejection.Generated, SeedRater.Reject(Good with { Tokens = 600 }));
    }
}
