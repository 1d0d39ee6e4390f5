namespace XCoder.Agents.Generation;

/// <summary>How far an epoch is.</summary>
/// <param name="Done">Rows that are written or lost.</param>
/// <param name="Accepted">Accepted ones.</param>
/// <param name="Revised">Revisions.</param>
/// <param name="Rejected">Rejected ones.</param>
/// <param name="Lost">Rows without a usable answer.</param>
internal sealed record EpochTally(int Done, int Accepted, int Revised, int Rejected, int Lost);
