using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Tests.Agents.Verification.Sandbox;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Verification.Judging;

/// <summary>Wrong answers that try to pass.</summary>
public sealed class ForgeryTests(TrustingVerifierFixture trusting, ITestOutputHelper output) : IClassFixture<TrustingVerifierFixture>
{
    private const int LeastOfALanguage = 20;

    public static TheoryData<string> Languages => [.. FullRun.Of(Forgery.Languages, FullRun.Quick(Forgery.Languages))];

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Verify_AForgery_IsNeverVerified(string language)
    {
        var (forged, statuses) = (new List<string>(), new SortedDictionary<RowStatus, int>());
        Parallel.ForEach(FullRun.Of(Forgery.Read(language)), new ParallelOptions { MaxDegreeOfParallelism = 2 }, forgery =>
        {
            var verdict = trusting.Verifier.Verify(language, forgery.Code, new TestSets(forgery.Tests));
            lock (statuses)
            {
                statuses[verdict.Status] = statuses.GetValueOrDefault(verdict.Status) + 1;
                output.WriteLine($"{language}, {forgery.Trick}: {verdict.Status}: {verdict.Gates[^1].Gate}: {verdict.Gates[^1].Detail}");
                if (verdict.Status == RowStatus.Verified)
                {
                    forged.Add($"{language}, {forgery.Trick}: {string.Join(" | ", verdict.Gates.Select(gate => gate.ToEvidence()))}");
                }
            }
        });

        output.WriteLine($"forgeries: {language}: {statuses.Values.Sum()} tried, {forged.Count} forged ({string.Join(", ", statuses.Select(status => $"{status.Value} {status.Key}"))})");
        Assert.True(forged.Count == 0, string.Join("\n", forged));
    }

    /// <summary>One of each kind that passed before, in the language that shows it soonest.</summary>
    [SandboxTheory]
    [InlineData("python", "value: ends the iterator of the tests")]
    [InlineData("python", "value: empties what it is given")]
    [InlineData("javascript", "value: a right value, then NaN")]
    [InlineData("ruby", "value: a sign to skip as an error")]
    [InlineData("c", "value: a function of the library")]
    [InlineData("csharp", "value: a class of the library that the tests import")]
    [InlineData("c", "value: finds the expected value behind the length of a row")]
    [InlineData("c", "value: fills an array with NaN")]
    [InlineData("c", "value: what it was given remembers where the tests expect")]
    [InlineData("python", "value: raises what the tests expect, always")]
    [InlineData("python", "value: generator that never yields")]
    [InlineData("php", "value: object equal by loose comparison")]
    [InlineData("lua", "value: empty iteration")]
    public void Verify_AValueOrNameThatTestsTakeForTheirOwn_IsNeverVerified(string language, string trick)
    {
        var forgery = Forgery.Read(language).Single(forgery => forgery.Trick == trick);

        Assert.NotEqual(RowStatus.Verified, trusting.Verifier.Verify(language, forgery.Code, new TestSets(forgery.Tests)).Status);
    }

    [Fact]
    public void Read_EveryLanguageWithAToolchain_HasTwentyForgeries() =>
        Assert.All(ToolchainCatalog.Open().Toolchains.Select(toolchain => toolchain.Language).Distinct(), language => Assert.InRange(Forgery.Read(language).Select(forgery => forgery.Trick).Distinct().Count(), LeastOfALanguage, int.MaxValue));
}
