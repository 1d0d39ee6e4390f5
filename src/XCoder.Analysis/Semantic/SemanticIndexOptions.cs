namespace XCoder.Analysis.Semantic;

/// <summary>How the semantic index is made.</summary>
public sealed record SemanticIndexOptions
{
    /// <summary>Snippets with fewer tokens are left out. Default 25, as for the other duplicates.</summary>
    public int MinTokens { get; init; } = 25;

    /// <summary>Threads. The index does not depend on it. Default 1.</summary>
    public int Threads { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
    }
}
