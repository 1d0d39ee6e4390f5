namespace XCoder.Analysis.Vectors.Graph;

/// <summary>An edge of a <see cref="WeightedGraph"/>, seen from one of its ends.</summary>
/// <param name="Other">Number of the node at the other end.</param>
/// <param name="Weight">Weight of the edge, finite; the higher, the nearer the two nodes.</param>
internal readonly record struct WeightedEdge(int Other, float Weight);
