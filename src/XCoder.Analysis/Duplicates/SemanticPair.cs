namespace XCoder.Analysis.Duplicates;

/// <summary>Two nodes that do the same, by what is known.</summary>
/// <param name="A">The lower node.</param>
/// <param name="B">The higher node.</param>
/// <param name="Cosine">Their cosine, in [-1, 1].</param>
/// <param name="Margin">Their margin.</param>
/// <param name="Scope">Where they stand.</param>
internal readonly record struct SemanticPair(int A, int B, float Cosine, float Margin, PairScope Scope);
