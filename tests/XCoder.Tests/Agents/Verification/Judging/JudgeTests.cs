using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Compiling;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Judging;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Verification.Differential;
using XCoder.Tests.Agents.Verification.Sandbox;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Verification.Judging;

/// <summary>Tests in one process, the answer in another: right answers pass, wrong ones cannot, whatever they do.</summary>
public sealed class JudgeTests(JudgeTests.Fixture judging, ITestOutputHelper output) : IClassFixture<JudgeTests.Fixture>
{
    private const string Apart = "in a process of their own";

    public static TheoryData<string> Languages => [.. FullRun.Of(Judged, FullRun.Quick(Judged).Append("csharp"))];

    public static TheoryData<string> Counted => [.. FullRun.Of(Judged)];

    private static IEnumerable<string> Judged => CorpusCase.Languages.Where(language => ToolchainCatalog.Open().Judge(language) is not null);

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Verify_AnswersOfFunctions_AreJudgedByValuesAlone(string language) => Assert.All(FullRun.Of(CorpusCase.Read(language, "judge")), item =>
    {
        var good = judging.Verifier.Verify(language, item.Code, new TestSets(item.Tests));
        if (!DifferentialFixture.IsHere(language))
        {
            Assert.Equal(RowStatus.Unverifiable, good.Status);
            return;
        }

        Assert.True(good.Status == RowStatus.Verified, string.Join("\n", good.ToRow().Evidence));
        Assert.True(good.Gates.Single(gate => gate.Gate == TestSets.OwnGate).Detail.Contains(Apart, StringComparison.Ordinal), string.Join("\n", good.ToRow().Evidence));
        if (!FullRun.IsWanted && !FullRun.Quick([language]).Any())
        {
            return;
        }

        var broken = judging.Verifier.Verify(language, item.Broken, new TestSets(item.Tests));
        Assert.True(broken.Status == RowStatus.Failed, string.Join("\n", broken.ToRow().Evidence));
    });

    /// <summary>How many of the corpus can be judged apart: a figure, on standard output.</summary>
    [SandboxTheory]
    [MemberData(nameof(Counted))]
    public void Run_TheCorpus_IsJudgedApartWhereCallsCanCross(string language)
    {
        var cases = FullRun.Of(CorpusCase.Read(language)).ToList();
        using var sandbox = new SandboxRunner();
        using var compiler = new ProgramCompiler(new CompilerLimits());
        using var judge = new Judge(LanguageCatalog.Open(), ToolchainCatalog.Open(), sandbox, compiler);
        var apart = 0;
        Parallel.ForEach(cases, new ParallelOptions { MaxDegreeOfParallelism = 2 }, item =>
        {
            var toolchain = ToolchainCatalog.Open().Find(language, item.Code + "\n" + item.Tests)!;
            var result = judge.Run(InstalledToolchain.Find(toolchain, out _)!, item.Code, ToolchainCatalog.Open().Prepare(toolchain.Language, item.Code, item.Tests), new SandboxLimits(), CancellationToken.None);
            lock (judge)
            {
                apart += result.Outcome == JudgeOutcome.Passed ? 1 : 0;
                output.WriteLine($"{item.Task}: {result.Outcome} {result.Detail}");
            }
        });

        output.WriteLine($"apart: {language}: {apart} of {cases.Count}");
        Assert.True(!FullRun.IsWanted || apart >= 5, $"{apart} of {cases.Count}");
    }

    public sealed class Fixture : IDisposable
    {
        // What is asked here does not depend on whether the tests are tried on changed answers; each of them is compiled.
        internal Verifier Verifier { get; } = new(LanguageCatalog.Open(), ToolchainCatalog.Open(), SandboxFactAttribute.Check, new VerifierOptions { NeedsIndependentTests = false, Mutations = FullRun.IsWanted ? 2 : 0 });

        public void Dispose() => Verifier.Dispose();
    }
}
