namespace XCoder.Analysis.Concepts;

/// <summary>A word of a cluster.</summary>
/// <param name="Folded">The word without a plural's ending; its identity.</param>
/// <param name="Text">Its commonest form.</param>
/// <param name="Share">Share of the members that have it, in (0, 1]; what is not in a name counts less.</param>
/// <param name="NameShare">Share of the members that have it in their name, in [0, 1].</param>
/// <param name="Position">Mean place in the names that have it, 0 to 1; where it is in none, 2 more than its place elsewhere.</param>
internal sealed record ClusterWord(string Folded, string Text, double Share, double NameShare, double Position);
