using XCoder.Analysis.Duplicates;

namespace XCoder.Analysis.Semantic;

/// <summary>How a threshold is chosen.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Precision to reach, in (0, 1). Default 0.95.</summary>
    public double Precision { get; init; } = 0.95;

    /// <summary>Pairs judged before, by snippet ids.</summary>
    public IReadOnlyList<LabelledPair> Labels { get; init; } = [];

    /// <summary>The rule for pairs; its threshold is not used.</summary>
    public SemanticOptions Rule { get; init; } = new();
}
