namespace XCoder.Agents.Rows;

/// <summary>A snippet that was shown, or that is the twin of the seed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cosine">Cosine to the seed, in [-1, 1]; null where it was not found by embedding.</param>
/// <param name="Language">Language id, of a dialect its language's; null where it is not recorded.</param>
public sealed record RowNeighbour(string Id, double? Cosine, string? Language = null);
