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

    public static TheoryData<string, string> Values
    {
        get
        {
            (string Language, string Trick)[] all =
            [
                ("python", "value: ends the iterator of the tests"),
                ("python", "value: empties what it is given"),
                ("javascript", "value: a right value, then NaN"),
                ("ruby", "value: a sign to skip as an error"),
                ("c", "value: a function of the library"),
                ("csharp", "value: a class of the library that the tests import"),
                ("c", "value: finds the expected value behind the length of a row"),
                ("c", "value: fills an array with NaN"),
                ("c", "value: what it was given remembers where the tests expect"),
                ("python", "value: raises what the tests expect, always"),
                ("python", "value: generator that never yields"),
                ("perl", "value: two equal values"),
                ("php", "value: object equal by loose comparison"),
                ("lua", "value: empty iteration"),
            ];
            var data = new TheoryData<string, string>();
            foreach (var (language, trick) in FullRun.Of(all, all.DistinctBy(item => item.Language)))
            {
                data.Add(language, trick);
            }

            return data;
        }
    }

    /// <summary>One of each kind that passed before, in the language that shows it soonest.</summary>
    [SandboxTheory]
    [MemberData(nameof(Values))]
    public void Verify_AValueOrNameThatTestsTakeForTheirOwn_IsNeverVerified(string language, string trick)
    {
        var forgery = Forgery.Read(language).Single(forgery => forgery.Trick == trick);

        Assert.NotEqual(RowStatus.Verified, trusting.Verifier.Verify(language, forgery.Code, new TestSets(forgery.Tests)).Status);
    }

    [Fact]
    public void Read_EveryLanguageWithAToolchain_HasTwentyForgeries() =>
        Assert.All(ToolchainCatalog.Open().Toolchains.Select(toolchain => toolchain.Language).Distinct(), language => Assert.InRange(Forgery.Read(language).Select(forgery => forgery.Trick).Distinct().Count(), LeastOfALanguage, int.MaxValue));
}
