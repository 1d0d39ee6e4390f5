using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Text;
using XCoder.Tests.Agents.Verification.Sandbox;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Verification;

/// <summary>
/// Answers of which it is known whether they are right, with tests of which it is known whether they are good, in the forms in which models
/// write them. They were written by people who had not seen the program.
/// </summary>
public sealed class PlantedTruthTests(VerifierFixture fixture, ITestOutputHelper output) : IClassFixture<VerifierFixture>
{
    // Of 14 right answers with good tests in each language this many at least are verified; the others cannot be told from answers that reach
    // into their tests, or use what a form does not have.
    private const int LeastVerified = 9;

    public static TheoryData<string> Languages
    {
        get
        {
            var all = Directory.EnumerateFiles(PlantedCase.Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal).ToList();
            // C takes minutes; its verdicts are those of VerificationCorpusTests and ForgeryTests in the suite.
            return [.. FullRun.Of(all, ["python"])];
        }
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Verify_AnswersOfKnownTruth_CallsNoWrongOneVerifiedAndNoRightOneFailed(string language)
    {
        var toolchain = ToolchainCatalog.Open().Toolchains.First(toolchain => toolchain.Language == language);
        if (InstalledToolchain.Find(toolchain, out var missing) is null)
        {
            output.WriteLine($"{language}: {toolchain.Name} is not here: {missing} not found");
        }

        var all = PlantedCase.Read(language);
        var cases = FullRun.Of(all, all.Where(item => item.OwnKind != "endless" && item.IndependentKind != "endless").DistinctBy(item => (item.Truth, item.OwnKind, item.IndependentKind))).ToList();
        var (wrong, counts) = (new List<string>(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        Parallel.ForEach(cases, new ParallelOptions { MaxDegreeOfParallelism = 2 }, item =>
        {
            var verdict = fixture.Verifier.Verify(new GateCase(language, CodeFence.Given(item.Code), new TestSets(Given(item.Own), Given(item.Independent)), item.Task, null, default));
            lock (wrong)
            {
                var key = $"{item.Truth}, tests {item.OwnKind ?? "none"} and {item.IndependentKind ?? "none"}: {RowNames.Of(verdict.Status)}";
                counts[key] = counts.GetValueOrDefault(key) + 1;
                if (item.Truth == PlantedCase.Wrong ? verdict.Status == RowStatus.Verified : verdict.Status == RowStatus.Failed)
                {
                    wrong.Add($"{item.Id} ({item.Form}), {key}: {string.Join(" | ", verdict.Gates.Select(gate => gate.ToEvidence()))}");
                }
            }
        });

        foreach (var (key, count) in counts)
        {
            output.WriteLine($"planted: {language}: {count} {key}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        if (missing is null && FullRun.IsWanted)
        {
            Assert.InRange(counts.GetValueOrDefault($"{PlantedCase.Right}, tests {PlantedCase.Good} and {PlantedCase.Good}: verified"), LeastVerified, int.MaxValue);
        }
    }

    private static string? Given(string? tests) => tests is null ? null : CodeFence.Given(tests);
}

/// <summary>A case of <c>tests/verification/planted</c>.</summary>
internal sealed record PlantedCase(string Id, string Task, string Code, string? Own, string? Independent, string Truth, string? OwnKind, string? IndependentKind, string Form)
{
    public const string Right = "right", Wrong = "wrong", Good = "good";

    public static string Folder => Path.Combine(TestPaths.Root, "tests", "verification", "planted");

    public static IReadOnlyList<PlantedCase> Read(string language) =>
        JsonSerializer.Deserialize<List<PlantedCase>>(File.ReadAllText(Path.Combine(Folder, language + ".json")), JsonSerializerOptions.Web)!;
}
