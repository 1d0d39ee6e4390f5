namespace XCoder.Analysis.Embeddings;

/// <summary>What the embedding of a part of the store did.</summary>
/// <param name="Snippets">Snippets in it; all have a vector now.</param>
/// <param name="Embedded">Distinct inputs that the model was run on.</param>
/// <param name="Reused">Snippets whose input was embedded before, here or in another repository.</param>
public sealed record EmbeddingSummary(long Snippets, long Embedded, long Reused)
{
    /// <summary>Names of models whose vectors were dropped: those older than the one in use and one other. Default none.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];
}
