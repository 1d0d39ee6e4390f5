namespace XCoder.Analysis.Vectors.Graph;

/// <summary>How margins are computed. The defaults are measured; thresholds on margins hold for them alone.</summary>
internal sealed record MarginOptions
{
    /// <summary>Nearest neighbours that make a node's surroundings. Default 30.</summary>
    public int Surroundings { get; init; } = 30;

    /// <summary>Weight of the lexical margin beside the cosine's. Default 0.25.</summary>
    public float LexicalWeight { get; init; } = 0.25f;

    /// <summary>Cosine that stands for each neighbour too far to be in the graph. Default 0.3, the graph's floor.</summary>
    public float Floor { get; init; } = 0.3f;

    /// <summary>Edges of a lower margin are dropped. Default -0.2.</summary>
    public float LowestMargin { get; init; } = -0.2f;

    /// <summary>Threads. Default 1.</summary>
    public int Threads { get; init; } = 1;
}
