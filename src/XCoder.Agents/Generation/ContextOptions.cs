namespace XCoder.Agents.Generation;

/// <summary>What an agent is shown beside its seed.</summary>
public sealed record ContextOptions
{
    /// <summary>How it is found. Default embedding.</summary>
    public ContextKind Kind { get; init; } = ContextKind.Embedding;

    /// <summary>Most snippets, 1 or more. Default 4.</summary>
    public int Count { get; init; } = 4;

    /// <summary>Most tokens of all of them together, as their parsers count. Default 1,200.</summary>
    public int Budget { get; init; } = 1200;

    /// <summary>Least cosine of a snippet to the seed, in [-1, 1]. Default 0.3; lexical context does not look at it.</summary>
    public double LeastCosine { get; init; } = 0.3;

    /// <summary>Jaccard similarity of token sets from which two snippets count as one. Default 0.7.</summary>
    public double MaxJaccard { get; init; } = 0.7;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Budget, 1);
    }
}
