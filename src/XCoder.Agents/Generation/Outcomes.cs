namespace XCoder.Agents.Generation;

/// <summary>What can become of a planned row, as the store names it.</summary>
public static class Outcomes
{
    /// <summary>It was accepted.</summary>
    public const string Accept = "accept";

    /// <summary>It was rejected; it is kept, marked.</summary>
    public const string Reject = "reject";

    /// <summary>The same row was there already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>No row came of it; the reason says why.</summary>
    public const string Lost = "lost";
}
