namespace XCoder.Agents.Rows;

/// <summary>A snippet that was shown, or that is the twin of the seed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cosine">Cosine to the seed, in [-1, 1]; null where it was not found by embedding.</param>
public sealed record RowNeighbour(string Id, double? Cosine);
