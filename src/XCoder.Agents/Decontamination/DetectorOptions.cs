namespace XCoder.Agents.Decontamination;

/// <summary>From when on a text counts as contaminated.</summary>
public sealed record DetectorOptions
{
    /// <summary>Least 10-grams shared with one benchmark, 1 or more. Default 1.</summary>
    public int LeastGrams { get; init; } = 1;

    /// <summary>Least estimated Jaccard similarity of a whole text or code block, in (0, 1]. Default 0.5.</summary>
    public double LeastJaccard { get; init; } = 0.5;

    /// <summary>The same for texts of fewer words than <see cref="ShortWords"/>. Default 0.9.</summary>
    public double ShortJaccard { get; init; } = 0.9;

    /// <summary>Words below which a text is short. Default 20.</summary>
    public int ShortWords { get; init; } = 20;
}
