namespace XCoder.Analysis.Duplicates;

/// <summary>What the semantic duplicates of a report rest on.</summary>
public sealed record SemanticBasis
{
    /// <summary>Name of the embedding model.</summary>
    public required string Model { get; init; }

    /// <summary>Lowest margin of a pair across languages.</summary>
    public required double Threshold { get; init; }

    /// <summary>Where the threshold comes from: <c>default</c>, <c>calibrated</c> or <c>given</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Share of the pairs across languages that are expected to be the same; null where nothing is known.</summary>
    public Estimate? Precision { get; init; }

    /// <summary>Share of the pairs known to be the same that the threshold keeps; null where none is known.</summary>
    public Estimate? Recall { get; init; }
}
