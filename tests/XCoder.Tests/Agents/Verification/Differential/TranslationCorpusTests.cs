using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Differential;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Tests.Agents.Verification.Sandbox;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Verification.Differential;

/// <summary>
/// Functions that were written to do the same in up to twelve languages, and pairs with one subtle fault. A full run measures both rates.
/// </summary>
public class TranslationCorpusTests(DifferentialFixture fixture, ITestOutputHelper output) : IClassFixture<DifferentialFixture>
{
    private const string Basics = "basics", WithEach = "digit sum";
    private const double MostFalse = 0.01, MostOpen = 0.10, LeastFound = 0.95;

    // Each problem's languages stand in a circle; a language is compared with the first and fourth after it, for one problem with all.
    [SandboxFact]
    public void Compare_FunctionsThatDoTheSame_DoNotDiffer()
    {
        var problems = Equal();
        var pairs = problems.SelectMany((problem, p) =>
        {
            var codes = problem.Codes.Where(code => DifferentialFixture.IsHere(code.Language)).ToList();
            var steps = problem.Name == WithEach ? Enumerable.Range(1, codes.Count - 1) : [1, 4];
            var all = steps.SelectMany(step => codes.Select((code, i) => (a: code, b: codes[(i + step) % codes.Count]))).Where(pair => pair.a != pair.b).ToList();
            return FullRun.Of(all, all.Where((_, i) => i == p * 5 % codes.Count));
        }).ToList();
        pairs = [.. FullRun.Of(pairs, EachLanguage(pairs.Where(pair => FullRun.Quick([pair.a.Language, pair.b.Language]).Any())))];
        var verdicts = Compare(pairs);
        var (wrong, open) = (verdicts.Where(verdict => verdict.Outcome == GateOutcome.Failed).ToList(), verdicts.Where(verdict => verdict.Outcome == GateOutcome.Unknown).ToList());
        output.WriteLine($"corpus: {pairs.Count} pairs of {problems.Count} equal functions in {pairs.SelectMany(pair => new[] { pair.a.Language, pair.b.Language }).Distinct().Count()} languages: {verdicts.Count - wrong.Count - open.Count} agree, {open.Count} are left open, {wrong.Count} differ ({(double)wrong.Count / pairs.Count:P2})");
        foreach (var verdict in wrong.Concat(open))
        {
            output.WriteLine($"{verdict.Outcome}: {verdict.Text}");
        }

        Assert.True(wrong.Count <= MostFalse * pairs.Count, string.Join("\n", wrong.Select(verdict => verdict.Text)));
        Assert.True(open.Count <= MostOpen * pairs.Count, string.Join("\n", open.Select(verdict => verdict.Text)));
        Assert.True(!FullRun.IsWanted || pairs.Count >= 500);
    }

    [SandboxFact]
    public void Compare_FunctionsWithASubtleFault_Differ()
    {
        var pairs = Read("different.txt").Select(problem => (a: problem.Codes[0], b: problem.Codes[1])).ToList();
        pairs = [.. FullRun.Of(pairs, pairs.Where((pair, i) => i % 4 == 0 && FullRun.Quick([pair.a.Language, pair.b.Language]).Count() == 2)).Where(pair => DifferentialFixture.IsHere(pair.a.Language) && DifferentialFixture.IsHere(pair.b.Language))];
        var missed = Compare(pairs).Where(verdict => verdict.Outcome != GateOutcome.Failed).ToList();
        output.WriteLine($"corpus: {pairs.Count} pairs with a subtle fault: {pairs.Count - missed.Count} differ, {missed.Count(verdict => verdict.Outcome == GateOutcome.Unknown)} are left open, {missed.Count(verdict => verdict.Outcome == GateOutcome.Passed)} agree");
        foreach (var verdict in missed)
        {
            output.WriteLine($"{verdict.Outcome}: {verdict.Text}");
        }

        Assert.True(pairs.Count - missed.Count >= LeastFound * pairs.Count, string.Join("\n", missed.Select(verdict => verdict.Text)));
    }

    [Fact]
    public void Corpus_HoldsManyLanguages()
    {
        Assert.All(Equal(), problem => Assert.True(problem.Codes.Select(code => code.Language).Distinct().Count() == problem.Codes.Count && problem.Codes.Count >= 6, problem.Name));
        Assert.All(Equal().Where(problem => problem.File == Basics), problem => Assert.Equal(CallCatalog.Open().Languages.Order(), problem.Codes.Select(code => code.Language).Order()));
    }

    // Those of which a language was in none before: each language once or twice, and few that are built.
    private static IEnumerable<((string Language, string Code) a, (string Language, string Code) b)> EachLanguage(IEnumerable<((string Language, string Code) a, (string Language, string Code) b)> pairs)
    {
        const int Enough = 1;
        var times = new Dictionary<string, int>();
        return pairs.Where(pair =>
        {
            string[] languages = [pair.a.Language, pair.b.Language];
            var isWanted = languages.Any(language => times.GetValueOrDefault(language) < Enough);
            Array.ForEach(isWanted ? languages : [], language => times[language] = times.GetValueOrDefault(language) + 1);
            return isWanted;
        });
    }

    private List<(GateOutcome Outcome, string Text)> Compare(IEnumerable<((string Language, string Code) a, (string Language, string Code) b)> pairs)
    {
        var verdicts = new List<(GateOutcome, string)>();
        Parallel.ForEach(pairs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, pair =>
        {
            var verdict = fixture.Tester.Compare(pair.a, pair.b, "corpus");
            lock (verdicts)
            {
                verdicts.Add((verdict.Outcome, $"{pair.a.Language} {pair.b.Language}: {verdict.Detail}\n{pair.b.Code}"));
            }
        });
        return verdicts;
    }

    private static List<Problem> Equal() =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "equal"), "*.txt").Order(StringComparer.Ordinal).SelectMany(file => Read(Path.Combine("equal", Path.GetFileName(file))))];

    private static IEnumerable<Problem> Read(string file) =>
        ("\n" + File.ReadAllText(Path.Combine(Folder, file))).Split("\n=== ", StringSplitOptions.RemoveEmptyEntries).Select(problem => problem.Split("\n--- "))
            .Select(parts => new Problem(Path.GetFileNameWithoutExtension(file), parts[0].Trim(), [.. parts.Skip(1).Select(section => section.Split('\n', 2)).Select(section => (section[0].Trim(), section[1].TrimEnd()))]));

    private static string Folder => Path.Combine(TestPaths.Root, "tests", "differential");

    private sealed record Problem(string File, string Name, IReadOnlyList<(string Language, string Code)> Codes);
}
