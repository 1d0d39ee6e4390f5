using XCoder.Agents.Rows;

namespace XCoder.Agents.Verification.Gates;

/// <summary>A compiler or checker reads the code, and nothing of it runs.</summary>
internal sealed class CheckGate(ToolRunner tools, VerifierOptions options) : IGate
{
    public RowStatus? Pass(GateCase answer)
    {
        // A compiler knows its language better than a grammar does; what it takes is not refused for the grammar's sake.
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
