using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Tests.Agents.Verification.Sandbox;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Verification;

/// <summary>Known-good and known-broken solutions.</summary>
public sealed class VerificationCorpusTests(TrustingVerifierFixture trusting, ITestOutputHelper output) : IClassFixture<TrustingVerifierFixture>
{
    // Good ones that read files, the environment or their input, define equality by hand, or freeze an object of their tests: nothing
    // can be said of these where they share a process with their tests. "generic-max-macro" is a macro that the grammar of C does not read.
    internal static readonly HashSet<string> Reaching =
    [
        "quiet-standard-input", "scratch-file-roundtrip", "absent-setting", "input-lines", "note-file", "environment-default", "stdin-empty-reader", "temp-file-lines", "elapsed-clock",
        "console-input", "file-in-folder", "environment-flag", "operator-fraction", "temp-file-swap", "environment-lookup", "file-lines-back", "env-or-default", "scratch-file", "environment-number",
        "file-checksum", "env-with-default", "priority-scheduler", "struct-scores", "temp-file-counter", "env-fetch", "version-compare", "refined-string", "temp-csv", "getenv-flag", "scratch-log",
        "matrix-metamethods", "scratch-and-environment", "generic-max-macro", "deep-freeze",
    ];

    // What may be lacking here, and what makes the tests not build: without a task that says what they call, that says nothing of the answer.
    private static readonly string[] Lacks = ["compile: unknown module", "compile: unknown name", "compile: a method of the interface is missing", "type: only the plain number types are allowed",
        "type: a number is given where an iterator is due", "type: a unique pointer is copied", "type: an overload is gone"];

    // What is built takes seconds; JudgeTests verify a good and a broken one of each such language, too.
    public static TheoryData<string> Languages => [.. FullRun.Of(CorpusCase.Languages, FullRun.Quick(CorpusCase.Languages))];

    // Python fails in every way but by a loop, which takes all the time a program has. What is built takes seconds: its compiler refuses it at once.
    private static IEnumerable<CorpusCase> Few(IReadOnlyList<CorpusCase> all, Toolchain toolchain) => toolchain switch
    {
        { Language: "python" } => all.DistinctBy(item => item.Kind).Where(item => item.Kind != "loop"),
        { Build.Count: > 0 } or { Compiler: not null } => all.Where(item => item.Kind == "compile" && !Lacks.Contains(item.Fault)).Take(1),
        _ => all.Take(1),
    };

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Verify_TheCorpus_TakesTheGoodAndRefusesTheBroken(string language)
    {
        var toolchain = ToolchainCatalog.Open().Toolchains.First(toolchain => toolchain.Language == language);
        var all = CorpusCase.Read(language);
        var cases = FullRun.Of(all, Few(all, toolchain)).ToList();
        if (InstalledToolchain.Find(toolchain, out var missing) is null)
        {
            output.WriteLine($"{language}: {toolchain.Name} is not here: {missing} not found");
        }

        var (wrong, good, broken, weak) = (new List<string>(), 0, 0, 0);
        Parallel.ForEach(cases, new ParallelOptions { MaxDegreeOfParallelism = 2 }, item =>
        {
            var taken = trusting.Verifier.Verify(language, item.Code, new TestSets(item.Tests));
            var refused = trusting.Verifier.Verify(language, item.Broken, new TestSets(item.Tests));
            lock (wrong)
            {
                good += taken.Status == RowStatus.Verified ? 1 : 0;
                broken += refused.Status == RowStatus.Failed ? 1 : 0;
                var isReaching = Reaching.Contains(item.Task) && taken.Status == RowStatus.Unverifiable && taken.Gates[^1].Detail.Contains("in one process", StringComparison.Ordinal);
                // Where a change does not compile, crashes or keeps the meaning, no check of the tests fails: three may be called weak.
                if (missing is null ? taken.Status != RowStatus.Verified && !isReaching && !(taken.Failure is { Gate: "mutation" } && ++weak <= 3) : taken.Status != RowStatus.Unverifiable)
                {
                    wrong.Add($"{item.Task}, good: {taken.Status}: {string.Join(" | ", taken.Gates.Select(gate => gate.ToEvidence()))}");
                }

                if (refused.Status is RowStatus.Verified or RowStatus.ParsedOnly || (missing is null && refused.Status != RowStatus.Failed && !Lacks.Contains(item.Fault)))
                {
                    wrong.Add($"{item.Task}, broken ({item.Fault}): {refused.Status}: {string.Join(" | ", refused.Gates.Select(gate => gate.ToEvidence()))}");
                }
            }
        });

        output.WriteLine($"corpus: {language}: {good} good ones verified, {broken} broken ones refused, of {cases.Count} each");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
