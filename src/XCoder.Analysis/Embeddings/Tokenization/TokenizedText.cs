namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>A text as ids of a vocabulary.</summary>
/// <param name="Ids">Ids in order, special tokens included.</param>
/// <param name="Truncated">Whether tokens were left out to stay within the greatest length.</param>
internal sealed record TokenizedText(int[] Ids, bool Truncated);
