namespace XCoder.Analysis.Duplicates;

/// <summary>What the search for semantic duplicates needs.</summary>
/// <param name="Candidates">Near pairs of nodes.</param>
/// <param name="NodeOf">Node of a snippet by its ordinal, or -1 for one that is in no pair.</param>
/// <param name="Options">What makes a pair a duplicate.</param>
internal sealed record SemanticSearch(SemanticCandidates Candidates, Func<int, int> NodeOf, SemanticOptions Options);
