using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Gates;

/// <summary>Runs the tests of the author and of another agent.</summary>
internal sealed class TestGate(TestRunner runner, ToolchainCatalog toolchains, ToolchainFinder installed, VerifierOptions options) : IGate
{
    public RowStatus? Pass(GateCase answer)
    {
        // Both sets run even if the first fails, because a disagreement between them is evidence, too.
        answer.Tested = [.. answer.Tests.All
            .Select(set => new TestRun(installed.Find(toolchains.FindFor(answer.Language, answer.Code, set.Text)!, out _)
                ?? answer.Installed!, set.Gate, set.Text, answer.Task)).ToList()
            .Select(set => runner.Test(set, answer.Code, options.Limits, answer.Cancellation))];
        var results = answer.Tested.Select(test => test.Gate).ToList();
        answer.Results.AddRange(results);
        if (results.Find(result => result.Outcome != GateOutcome.Passed) is { } refused)
        {
            // As many sets must fail as must pass: a single one may be wrong itself.
            var failed = results.Count(result => result.Outcome == GateOutcome.Failed);
            return failed >= (options.NeedsIndependentTests ? 2 : 1) ? RowStatus.Failed
                : failed == 0 && refused.Gate == TestSets.OwnGate ? RowStatus.Unverifiable : RowStatus.ParsedOnly;
        }

        if (options.NeedsIndependentTests && answer.Tests.Missing is { } missing)
        {
            answer.Results.Add(
                new GateResult(missing, GateOutcome.Unknown, GateReason.NoTests,
                    missing == TestSets.OwnGate ? "Its author wrote no tests." : "No other agent wrote tests."));
            return RowStatus.ParsedOnly;
        }

        return results.Count == 0 ? RowStatus.ParsedOnly : null;
    }
}
