namespace XCoder.Agents.Store;

/// <summary>A row that an epoch planned, and what became of it.</summary>
/// <param name="Dataset">Data set, as in JSON, or <c>translation</c>.</param>
/// <param name="Seed">Id of the seed.</param>
/// <param name="Source">Language id of the seed.</param>
/// <param name="Target">Language id of the response.</param>
/// <param name="Concept">Id of the concept, or null.</param>
/// <param name="Outcome"><c>accept</c>, <c>reject</c>, <c>duplicate</c> (the row was there already) or <c>lost</c>.</param>
/// <param name="Reason">Why it was lost, or null.</param>
/// <param name="Row">Id of the row, or null where it was lost.</param>
/// <param name="Revisions">Times the row was revised.</param>
public sealed record EpochItem(string Dataset, string Seed, string Source, string Target, string? Concept, string Outcome, string? Reason, string? Row, int Revisions);
