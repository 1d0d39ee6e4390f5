using System.Globalization;
using XCoder.Agents.Sandbox;
using XCoder.Agents.Toolchains;
using XCoder.Agents.Verification;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Sandbox;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Verification;

/// <summary>Tests in one process, the answer in another: right answers pass, wrong ones cannot, whatever they do.</summary>
public sealed class JudgeTests(ITestOutputHelper output) : IDisposable
{
    private const string Apart = "in a process of their own";

    private readonly Verifier _verifier = new(LanguageCatalog.Open(), ToolchainCatalog.Open(), SandboxFactAttribute.Check, new VerifierOptions { NeedsIndependentTests = false });

    public void Dispose() => _verifier.Dispose();

    public static TheoryData<string> Languages => [.. CorpusCase.Languages.Where(language => ToolchainCatalog.Open().Judge(language) is not null)];

    /// <summary>How many of the corpus can be judged apart: a figure, and none of those good that is refused by it.</summary>
    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Verify_TheCorpus_IsJudgedApartWhereCallsCanCross(string language)
    {
        var wanted = int.TryParse(Environment.GetEnvironmentVariable("XCODER_CORPUS"), CultureInfo.InvariantCulture, out var number) ? number : 1;
        var (apart, wrong) = (0, new List<string>());
        foreach (var item in CorpusCase.Read(language).Take(wanted))
        {
            var gate = _verifier.Verify(language, item.Code, new TestSets(item.Tests)).Gates.FirstOrDefault(gate => gate.Gate == TestSets.OwnGate);
            apart += gate?.Detail.Contains(Apart, StringComparison.Ordinal) == true ? 1 : 0;
            output.WriteLine($"{item.Task}: {gate?.Outcome} {gate?.Detail}");
            if (gate?.Outcome is not GateOutcome.Passed)
            {
                wrong.Add($"{item.Task}: {gate?.ToEvidence()}");
            }
        }

        output.WriteLine($"apart: {language}: {apart} of {wanted}");
        Assert.Empty(wrong);
    }
}
