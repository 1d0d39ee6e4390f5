using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Tests.Agents.Verification.Sandbox;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Verification.Differential;

/// <summary>Functions written in many languages agree with one another; in a full run each with each.</summary>
public class TranslationCorpusTests(DifferentialFixture fixture, ITestOutputHelper output) : IClassFixture<DifferentialFixture>
{
    [SandboxFact]
    public void Compare_FunctionsThatDoTheSame_Agree()
    {
        var pairs = Read().SelectMany((problem, p) =>
        {
            var codes = problem.Where(code => DifferentialFixture.IsHere(code.Language)).ToList();
            return FullRun.IsWanted ? codes.SelectMany(_ => codes, (a, b) => (a, b)).Where(pair => pair.a != pair.b) : codes.Select((code, i) => (a: code, b: codes[(i + 1) % codes.Count])).Where((_, i) => i % 6 == 2 * p);
        }).ToList();
        var wrong = new List<string>();
        Parallel.ForEach(pairs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, pair =>
        {
            var verdict = fixture.Tester.Compare(pair.a, pair.b, "corpus");
            if (verdict.Outcome != GateOutcome.Passed)
            {
                lock (wrong)
                {
                    wrong.Add($"{pair.a.Language} {pair.b.Language}: {verdict.Detail}\n{pair.b.Code}");
                }
            }
        });
        output.WriteLine($"corpus: {pairs.Count} pairs of {pairs.Select(pair => pair.a.Language).Distinct().Count()} languages, {wrong.Count} of them do not agree");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Corpus_HoldsEveryLanguageThatIsCalled() => Assert.All(Read(), problem => Assert.Equal(CallCatalog.Open().Languages.Order(), problem.Select(code => code.Language).Order()));

    private static List<List<(string Language, string Code)>> Read() =>
        [.. File.ReadAllText(Path.Combine(TestPaths.Root, "tests", "differential", "functions.txt")).Split("=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(problem => problem.Split("\n--- ").Skip(1).Select(section => section.Split('\n', 2)).Select(parts => (parts[0].Trim(), parts[1].TrimEnd())).ToList())];
}
