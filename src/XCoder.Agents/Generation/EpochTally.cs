using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Generation;

/// <summary>How far an epoch is.</summary>
/// <param name="Done">Rows that are written or lost.</param>
/// <param name="Accepted">Accepted ones.</param>
/// <param name="Revised">Revisions.</param>
/// <param name="Rejected">Rejected ones.</param>
/// <param name="Lost">Rows without a usable answer.</param>
internal sealed record EpochTally(int Done, int Accepted, int Revised, int Rejected, int Lost)
{
    /// <summary>This tally with one more result.</summary>
    public EpochTally With(DialogueResult result) => new(
        Done + 1,
        Accepted + (result.Critique?.Verdict == Verdict.Accept ? 1 : 0),
        Revised + result.Revisions,
        Rejected + (result.Critique?.Verdict == Verdict.Reject ? 1 : 0),
        Lost + (result.Failure is not null ? 1 : 0));
}
