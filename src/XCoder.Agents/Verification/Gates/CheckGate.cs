using XCoder.Agents.Rows;

namespace XCoder.Agents.Verification.Gates;

/// <summary>Has a compiler or checker read the code; nothing of it runs.</summary>
internal sealed class CheckGate(ToolRunner tools, VerifierOptions options) : IGate
{
    public RowStatus? Pass(GateCase answer)
    {
        // A compiler knows its language better than a grammar does, so code that it accepts is not refused because the parser refused it.
        var check = tools.Check(answer.Installed!, answer.Code, options.Limits, answer.Cancellation);
        answer.Results.Add(check);
        if (check.Outcome != GateOutcome.Passed)
        {
            return check.Outcome == GateOutcome.Failed || answer.IsRefusedByParser ? RowStatus.Failed : RowStatus.Unverifiable;
        }

        if (answer.IsRefusedByParser)
        {
            answer.Results[0] = answer.Results[0] with { Outcome = GateOutcome.Unknown };
        }

        return null;
    }
}
