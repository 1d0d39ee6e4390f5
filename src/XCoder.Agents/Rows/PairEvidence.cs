namespace XCoder.Agents.Rows;

/// <summary>Why two snippets are taken to be the same.</summary>
/// <param name="Cosine">Cosine of their embeddings, in [-1, 1].</param>
/// <param name="Margin">Their margin.</param>
/// <param name="Threshold">The threshold it passed.</param>
/// <param name="Precision">Expected precision at that threshold, or null where unknown.</param>
/// <param name="Model">Name of the embedding model.</param>
/// <param name="Signals">Second signals that agree, by name with their value.</param>
public sealed record PairEvidence(double Cosine, double Margin, double Threshold, double? Precision, string Model, IReadOnlyDictionary<string, double> Signals);
