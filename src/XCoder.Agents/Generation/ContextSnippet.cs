using XCoder.Analysis.Store;

namespace XCoder.Agents.Generation;

/// <summary>A snippet that may be shown beside a seed.</summary>
/// <param name="Origin">The snippet with its code.</param>
/// <param name="Cosine">Cosine to the seed, in [-1, 1].</param>
internal sealed record ContextSnippet(SnippetOrigin Origin, double Cosine);
