namespace XCoder.Analysis.Semantic;

/// <summary>A pair that somebody judged.</summary>
/// <param name="A">Id of a snippet.</param>
/// <param name="B">Id of another.</param>
/// <param name="Same">Whether the two do the same.</param>
public sealed record LabelledPair(string A, string B, bool Same);
