using XCoder.Analysis.Model;

namespace XCoder.Analysis.Concepts;

/// <summary>What a language has that comes nearest.</summary>
/// <param name="Snippet">The function.</param>
/// <param name="Margin">Its margin, mostly in [-0.5, 1]; below the threshold of duplicates.</param>
public sealed record NearSnippet(Snippet Snippet, double Margin);
