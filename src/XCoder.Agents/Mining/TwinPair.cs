namespace XCoder.Agents.Mining;

/// <summary>Two functions, by node, that may be translations of one another.</summary>
/// <param name="A">The lower node.</param>
/// <param name="B">The higher node.</param>
/// <param name="Cosine">Their cosine, in [-1, 1].</param>
/// <param name="Margin">Their margin.</param>
/// <param name="Signals">In what else they agree.</param>
internal sealed record TranslationPair(int A, int B, float Cosine, float Margin, TranslationSignals Signals);
