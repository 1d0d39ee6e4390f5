using XCoder.Agents.Rows;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification;

public class PreferenceOrderTests
{
    private static readonly GateOutcome[] Outcomes = Enum.GetValues<GateOutcome>();

    [Fact]
    public void Of_AnswersOfAllKinds_PutsTheVerifiedBeforeWhatWasRefused()
    {
        var order = PreferenceOrder.Of([Verdict("passed", "failed"), Verdict("passed", "passed"), Verdict("parse"), Verdict("check"), Verdict("failed", "failed"), Unknown(), Verdict("passed", "passed")]);
        Assert.Equal([(1, 2, 1.0), (1, 3, 0.75), (1, 4, 0.5), (1, 0, 0.25)], order.Select(preference => (preference.Chosen, preference.Rejected, preference.Margin)));
        Assert.All(order, preference =>
        {
            Assert.Equal(RowPreference.Execution, preference.Basis);
            Assert.StartsWith("chosen: parse: passed", preference.Evidence[0], StringComparison.Ordinal);
            Assert.StartsWith("rejected: ", preference.Evidence[^1], StringComparison.Ordinal);
            Assert.Contains(": failed: ", preference.Evidence[^1], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Of_AnswersWithoutAVerifiedOne_OrdersNothing() => Assert.Empty(PreferenceOrder.Of([Verdict("failed", "failed"), Verdict("parse"), Unknown(), Weak()]));

    // Whatever the gates said: what is chosen was verified, what is rejected failed a gate, and no answer is both.
    [Fact]
    public void Of_RandomVerdicts_NeverPrefersWithoutEvidence()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var verdicts = Enumerable.Range(0, random.Next(1, 9)).Select(_ => Random(random)).ToList();
            Assert.All(PreferenceOrder.Of(verdicts), preference =>
            {
                Assert.Equal(RowStatus.Verified, verdicts[preference.Chosen].Status);
                Assert.Contains(verdicts[preference.Rejected].Gates, gate => gate.Outcome == GateOutcome.Failed && gate.Gate != "mutation");
                Assert.InRange(preference.Margin, 0.25, 1);
            });
        }
    }

    private static CodeVerdict Random(Random random)
    {
        var gates = ((string[])["parse", "check", "tests", "independent", "mutation"]).Select(gate => Gate(gate, Outcomes[random.Next(Outcomes.Length)])).Take(random.Next(1, 6)).ToList();
        var failed = gates.Find(gate => gate.Outcome == GateOutcome.Failed);
        return new CodeVerdict(failed is null ? gates.Count == 5 && gates.TrueForAll(gate => gate.Outcome == GateOutcome.Passed) ? RowStatus.Verified : RowStatus.Unverifiable : failed.Gate == "mutation" ? RowStatus.ParsedOnly : RowStatus.Failed, gates);
    }

    private static CodeVerdict Verdict(string refusedBy) => new(RowStatus.Failed, refusedBy == "parse" ? [Gate("parse", GateOutcome.Failed)] : [Gate("parse", GateOutcome.Passed), Gate(refusedBy, GateOutcome.Failed)]);

    private static CodeVerdict Verdict(string own, string independent) =>
        new(own == "passed" && independent == "passed" ? RowStatus.Verified : RowStatus.Failed, [Gate("parse", GateOutcome.Passed), Gate("check", GateOutcome.Passed), Gate("tests", Enum.Parse<GateOutcome>(own, true)), Gate("independent", Enum.Parse<GateOutcome>(independent, true))]);

    private static CodeVerdict Unknown() => new(RowStatus.Unverifiable, [Gate("parse", GateOutcome.Passed), Gate("check", GateOutcome.Unknown)]);

    private static CodeVerdict Weak() => new(RowStatus.ParsedOnly, [Gate("parse", GateOutcome.Passed), Gate("check", GateOutcome.Passed), Gate("tests", GateOutcome.Passed), Gate("mutation", GateOutcome.Failed)]);

    private static GateResult Gate(string gate, GateOutcome outcome) => new(gate, outcome, null, "said", "run it", new SandboxResult(SandboxOutcome.Exited, 0, "", "", TimeSpan.Zero));
}
