namespace XCoder.Analysis.Vectors.Graph;

/// <summary>An edge of a <see cref="MarginGraph"/>.</summary>
/// <param name="Other">The other node.</param>
/// <param name="Cosine">Cosine of the two vectors, in [-1, 1].</param>
/// <param name="Margin">How far the pair stands out of its surroundings; see <see cref="MarginGraph"/>. Mostly in [-0.5, 1].</param>
public readonly record struct MarginEdge(int Other, float Cosine, float Margin);
