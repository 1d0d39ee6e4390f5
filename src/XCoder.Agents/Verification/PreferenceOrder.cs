using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;

namespace XCoder.Agents.Verification;

/// <summary>
/// Orders answers to one instruction by what compilers and tests said of them (Qwen2.5-xCoder, section 3: Ds4). What nothing
/// could be said of stands in no order.
/// </summary>
internal static class PreferenceOrder
{
    // The steps on the way: refused by the parser, by the compiler, by all tests, by some, by none.
    private const int Parser = 0, Compiler = 1, AllTests = 2, SomeTests = 3, None = 4;

    /// <summary>The first verified answer before each that was refused, least margin last.</summary>
    /// <param name="verdicts">Verdicts on the answers, against the same tests.</param>
    public static IReadOnlyList<RowPreference> Of(IReadOnlyList<CodeVerdict> verdicts)
    {
        var chosen = Enumerable.Range(0, verdicts.Count).FirstOrDefault(i => verdicts[i].Status == RowStatus.Verified, -1);
        return chosen < 0 ? [] : [.. Enumerable.Range(0, verdicts.Count)
            .Select(i => (Answer: i, Step: StepOf(verdicts[i])))
            .Where(item => item.Step < None)
            .OrderBy(item => item.Step).ThenBy(item => item.Answer)
            .Select(item => new RowPreference(chosen, item.Answer, (double)(None - item.Step!.Value) / None, RowPreference.Execution, Evidence(verdicts[chosen], verdicts[item.Answer])))];
    }

    /// <summary>How far an answer came, 0 to 4; null where nothing says it.</summary>
    internal static int? StepOf(CodeVerdict verdict)
    {
        var tests = verdict.Gates.Where(gate => gate.Gate is TestSets.OwnGate or TestSets.IndependentGate or TestSets.SourceGate).ToList();
        return verdict.Failure is null ? verdict.Status == RowStatus.Verified ? None : null
            : tests.Exists(gate => gate.Outcome == GateOutcome.Failed) ? tests.Exists(gate => gate.Outcome == GateOutcome.Passed) ? SomeTests : AllTests
            : verdict.Status != RowStatus.Failed ? null
            : verdict.Failure.Gate is ParserGate.Identification or ParserGate.Syntax ? Parser : Compiler;
    }

    private static IReadOnlyList<string> Evidence(CodeVerdict chosen, CodeVerdict rejected) =>
        [.. chosen.Gates.Select(gate => "chosen: " + gate.ToEvidence()), "rejected: " + rejected.Gates.First(gate => gate.Outcome == GateOutcome.Failed).ToEvidence()];
}
