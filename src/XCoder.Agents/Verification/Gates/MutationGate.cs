using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Judging;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Gates;

/// <summary>
/// Checks the tests: changed code and answers that are wrong on purpose must fail each set of them; otherwise it is weak. Where nothing
/// could be changed so that they fail, nothing is verified.
/// </summary>
internal sealed class MutationGate(TestRunner runner, CodeMutator mutator, ControlWriter controls, ToolchainCatalog toolchains,
    VerifierOptions options) : IGate
{
    private const int MostTries = 2, Undecided = 2;
    private const int MostLiterals = 8, LeastLiterals = 2;

    public RowStatus? Pass(GateCase answer)
    {
        var mutation = Mutate(answer.Tested, answer.Language, answer.Code, answer.Tested.Max(test => test.Gate.Run!.Cpu),
            answer.Cancellation);
        answer.Results.Add(mutation);
        return mutation.Outcome == GateOutcome.Failed ? RowStatus.ParsedOnly : null;
    }

    private GateResult Mutate(IReadOnlyList<TestResult> sets, string language, string code, TimeSpan cpu, CancellationToken cancellation)
    {
        // A change may cause an endless loop; three times the original time plus a second is enough to know.
        var limit = (3 * cpu) + TimeSpan.FromSeconds(1);
        var limits = limit < options.Limits.Cpu ? options.Limits.WithTime(limit) : options.Limits;
        // Test sets that ran in a process of their own have already been checked against a wrong answer: the same calls with other values.
        var isRefused = sets.Any(set => set.IsApart);
        foreach (var (set, control) in sets.Where(set => !set.IsApart)
            .SelectMany(set => controls.Write(language, code).Select(control => (set.Set, control))))
        {
            var result = runner.Test(set, control, limits, cancellation, isChanged: true).Gate;
            isRefused |= result.Outcome == GateOutcome.Failed && IsBuilt(result.Run);
            if (result.Outcome != GateOutcome.Failed && result.Run is { Succeeded: true })
            {
                return new GateResult(GateNames.Mutation, GateOutcome.Failed, GateReason.WeakTests,
                    $"The tests are weak: {set.Gate} pass an answer that is wrong on purpose.", result.Command, result.Run);
            }
        }

        if (sets.Where(set => !set.IsApart).Select(set => set.Set)
            .FirstOrDefault(set => IsBlind(set, language, code, limits, cancellation)) is { } blind)
        {
            return new GateResult(GateNames.Mutation, GateOutcome.Failed, GateReason.WeakTests,
                $"The tests are weak: {blind.Gate} pass whatever number or text in them is changed.");
        }

        if (options.Mutations == 0)
        {
            return isRefused ? new GateResult(GateNames.Mutation, GateOutcome.Passed, null, $"No code was changed; {Controls(isRefused)}.")
                : new GateResult(GateNames.Mutation, GateOutcome.Failed, GateReason.WeakTests,
                    $"Whether the tests are weak cannot be told: no code was changed, and {Controls(isRefused)}.");
        }

        // Each set alone must fail some changed code; a set of which the others do the work proves nothing.
        var open = sets.Select(test => new OpenSet(test.Set)).ToList();
        Try(isSpare: false, options.Mutations);
        Try(isSpare: true, Undecided);

        if (open.Find(set => !set.HasFailed) is not { } weak)
        {
            var most = open.Max(set => set.Survived);
            return new GateResult(GateNames.Mutation, GateOutcome.Passed, null,
                $"Code changed by one token fails a check of {(open.Count > 1 ? "each set of tests" : "the tests")}"
                    + $"{(most > 0 ? $", after {most} that did not" : "")}; {Controls(isRefused)}.");
        }

        void Try(bool isSpare, int most)
        {
            var opening = toolchains.Judge(language)?.Form.Opening ?? "";
            foreach (var (changed, tried) in mutator.Mutate(language, code, opening, isSpare).Select((changed, i) => (changed, i)))
            {
                // Some changes can neither pass nor fail, and each may take as long as a program may.
                if (open.TrueForAll(set => set.HasFailed || set.Survived >= most) || tried >= MostTries * options.Mutations)
                {
                    return;
                }

                foreach (var set in open.Where(set => !set.HasFailed && set.Survived < most))
                {
                    var result = runner.Test(set.Run, changed, limits, cancellation, isChanged: true).Gate;

                    // An error or an endless loop of the changed code shows nothing of the tests' checks.
                    set.HasFailed = result is { Outcome: GateOutcome.Failed, Reason: GateReason.TestsFail };
                    set.Survived += result.Outcome == GateOutcome.Passed ? 1 : 0;
                }
            }
        }

        // Where nothing fails, nothing is proven. A single change that survives may be one that keeps the meaning.
        var (which, all) = (open.Count > 1 ? $"{weak.Run.Gate} " : "", open.Count > 1 ? weak.Run.Gate : "they");
        return weak.Survived > 1
            ? new GateResult(GateNames.Mutation, GateOutcome.Failed, GateReason.WeakTests,
                $"The {which}tests are weak: {all} pass {weak.Survived} codes that were changed by a token.")
            : new GateResult(GateNames.Mutation, GateOutcome.Failed, weak.Survived == 0 ? GateReason.NothingToChange : GateReason.WeakTests,
                $"Whether the {which}tests are weak cannot be told: "
                    + (weak.Survived == 1 ? "the one change that is possible passes them"
                        : "nothing in the code could be changed so that they fail")
                    + $"; {Controls(isRefused)}.");
    }

    // An answer in the same process as its tests may disable their comparisons. Then the tests pass whatever they compare with.
    private bool IsBlind(TestRun set, string language, string code, SandboxLimits limits, CancellationToken cancellation)
    {
        var passed = 0;
        foreach (var changed in mutator.MutateLiterals(language, set.Text, toolchains.Judge(language)?.Form.Opening ?? "")
            .Take(MostLiterals))
        {
            var result = runner.TestTogether(set with { Text = changed }, code, limits, cancellation);
            if (result.Outcome == GateOutcome.Failed && IsBuilt(result.Run))
            {
                return false;
            }

            passed += result.Outcome == GateOutcome.Passed ? 1 : 0;
        }

        return passed >= LeastLiterals;
    }

    private static string Controls(bool isRefused) =>
        isRefused ? "an answer that is wrong on purpose fails them, too" : "no answer that is wrong on purpose could be made of it";

    private static bool IsBuilt(SandboxResult? run) =>
        run is not null and not { Outcome: SandboxOutcome.Exited, ExitCode: ShellScript.BuildFailed };

    // A set of tests that has not failed changed code yet, and how many it passed.
    private sealed class OpenSet(TestRun run)
    {
        public TestRun Run { get; } = run;

        public bool HasFailed { get; set; }

        public int Survived { get; set; }
    }
}
