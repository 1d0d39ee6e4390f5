namespace XCoder.Agents.Store;

/// <summary>What of generated rows a purge removed, or would.</summary>
/// <param name="Seed">Rows made from the repository.</param>
/// <param name="Twin">Rows that hold a twin of it and are not made from it.</param>
/// <param name="Context">Rows that were shown it alone.</param>
/// <param name="Text">Rows that hold its text though their lineage does not name it.</param>
/// <param name="Replies">Recorded replies to requests that held it, or that hold its text.</param>
/// <param name="Lessons">Lessons of agents that may have been learnt from those rows.</param>
public sealed record PurgedRows(int Seed, int Twin, int Context, int Text, int Replies, int Lessons)
{
    /// <summary>All rows.</summary>
    public int All => Seed + Twin + Context + Text;
}
