using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Tests.Agents.Export;

/// <summary>Rows for exports and reports, some with what strangers may write into them.</summary>
internal static class SampleRows
{
    public const string Hostile = "Port this: ```js\n</script><script>window.hit=1</script><!-- & \"quoted\" 'x'\n``` \u202Egnp.exe \u001b[31m\u0007 \u2028 ~~~~ | `tick` 'sql'); DROP TABLE x; --";

    public static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>A row whose text and languages follow from its number.</summary>
    public static InstructionRow Make(int number, string source = "python", string target = "go", Verdict verdict = Verdict.Accept, string? licence = "MIT", string? concept = null)
    {
        var row = new InstructionRow
        {
            Id = "",
            Dataset = RowKind.Mined.Dataset,
            Task = RowTask.Translation,
            SourceLanguage = source,
            TargetLanguage = target,
            Instruction = $"Translate function {number}.",
            Response = $"```{target}\nfunc f{number}() {{}}\n```",
            Seeds = [$"seed{number}"],
            Neighbours = [new RowNeighbour($"twin{number}", 0.75)],
            Concept = concept,
            Protocol = "mined",
            Rounds = 0,
            Critique = new RowCritique { Verdict = verdict, Scores = new Dictionary<string, double>(), Faults = verdict == Verdict.Reject ? ["does not parse"] : [] },
            Verification = new RowVerification(RowStatus.ParsedOnly, [new GateEvidence(GateNames.Parse, GateOutcome.Passed, Detail: "no syntax error")]),
            Pair = new PairEvidence(0.91, 0.95, 0.75, 0.3, "default", new Dictionary<string, double> { ["name"] = 1 }),
            Lineage =
            [
                new Lineage(LineageRole.Seed, $"repository{number % 5}", "https://example.org/a.git", "0123abcd", "src/a.py", 1, 9, licence, $"seed{number}"),
                new Lineage(LineageRole.Twin, $"repository{number % 5}", null, null, "src/a.go", 3, 7, licence, $"twin{number}"),
            ],
            Licence = licence,
            Notices = licence is null ? [] : ["notice1"],
            PromptHash = "hash",
            CreatedAt = Time.AddMinutes(number),
        };
        return row with { Id = RowId.Of(row) };
    }

    /// <summary>A row with everything: discussed, scored, tested, and hostile throughout.</summary>
    public static InstructionRow MakeHostile()
    {
        var row = Make(1000, "javascript", "rust", concept: "00ff00ff00ff00ff") with
        {
            Dataset = RowKind.Discussion.Dataset,
            Task = RowTask.Instruction,
            Instruction = Hostile,
            Response = Hostile + " \u00e9\ud83d\ude00",
            Tests = Hostile,
            IndependentTests = Hostile,
            Candidates = [new RowCandidate(Hostile, new RowVerification(RowStatus.Failed, [new GateEvidence(GateNames.Check, GateOutcome.Failed, GateReason.Refused, Hostile, 1, 12, Hostile, Hostile)]))],
            Preferences = [new RowPreference(0, 1, 0.5, RowPreference.Execution, [Hostile])],
            Protocol = "centralised",
            Rounds = 2,
            Transcript = [new TranscriptTurn(1, "rust", "propose", Hostile, "key"), new TranscriptTurn(2, "coordinator", "revise", "Again.", null)],
            Context = "embedding",
            Critique = new RowCritique { Verdict = Verdict.Accept, Scores = new Dictionary<string, double> { ["clarity"] = 8.5, ["difficulty"] = 3 }, Total = 7.25, Merits = ["clear"], Faults = [Hostile] },
            Lineage = [new Lineage(LineageRole.Context, "a|b`<i>", "javascript:alert(1)", null, "x/</td>.js", 1, 2, "Apache-2.0", "s")],
            Redactions = new Dictionary<string, int> { ["email"] = 2 },
            Novelty = 0.4,
            Model = "model`|<b>",
        };
        return row with { Id = RowId.Of(row) };
    }

    /// <summary>A row whose second candidate is better than its response and its first, by what ran and by what a judge says.</summary>
    public static InstructionRow MakePreference(int number) => Make(number) with
    {
        IndependentTests = "func runTests() {}",
        Candidates = [new RowCandidate($"```go\nfunc wrong{number}() {{}}\n```", new RowVerification(RowStatus.Failed, [new GateEvidence(GateNames.Tests, GateOutcome.Failed, GateReason.TestsFail, Detail: "They fail.")])), new RowCandidate($"```go\nfunc right{number}() {{}}\n```", new RowVerification(RowStatus.Verified, [new GateEvidence(GateNames.Tests, GateOutcome.Passed, GateReason.Apart, Detail: "They pass.")]))],
        Preferences = [new RowPreference(2, 1, 0.5, RowPreference.Execution, ["chosen: tests: passed: They pass.", "rejected: tests: failed: They fail."]), new RowPreference(2, 0, 0.25, RowPreference.Judge, ["judged by m in both orders, not executed: 2.5 points of 10"])],
    };

    /// <summary>Puts rows into the store of a folder.</summary>
    public static void Store(string folder, IReadOnlyList<InstructionRow> rows, string options = "{\"count\":5}")
    {
        Directory.CreateDirectory(folder);
        using var store = GenerationStore.Open(folder);
        var run = store.BeginRun("key", "mined", options, Time);
        store.AddRows(run.Id, 0, rows, notices: [new LicenceNotice("notice1", "MIT", "repository1", "LICENSE", "Copyright Somebody\n# no heading")]);
        store.FinishRun(run.Id, Time.AddHours(1));
    }
}
