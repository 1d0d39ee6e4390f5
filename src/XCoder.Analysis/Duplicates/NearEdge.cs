namespace XCoder.Analysis.Duplicates;

/// <summary>Two contents whose shingle sets are similar enough.</summary>
/// <param name="A">Number of one exact class.</param>
/// <param name="B">Number of the other, larger.</param>
/// <param name="Similarity">Jaccard similarity of their shingle sets.</param>
internal readonly record struct NearEdge(int A, int B, double Similarity);
