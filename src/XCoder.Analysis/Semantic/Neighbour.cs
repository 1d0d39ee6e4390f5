namespace XCoder.Analysis.Semantic;

/// <summary>A snippet near another.</summary>
/// <param name="Snippet">Row id of the snippet.</param>
/// <param name="Similarity">What ranks: the cosine with its shares of BM25 and of the snippet's surroundings, descending; in [-1, 1].</param>
/// <param name="Cosine">Cosine of the two vectors, in [-1, 1].</param>
/// <param name="Rank">1 for the nearest.</param>
public readonly record struct Neighbour(long Snippet, float Similarity, float Cosine, int Rank);
