namespace XCoder.Analysis.Concepts;

/// <summary>Snippets in the plane: what is near does about the same.</summary>
public sealed record MapData
{
    /// <summary>The points, in any order.</summary>
    public required IReadOnlyList<MapPoint> Points { get; init; }

    /// <summary>Labels of the concepts that <see cref="MapPoint.Concept"/> numbers. Default none.</summary>
    public IReadOnlyList<string> Concepts { get; init; } = [];

    /// <summary>Distinct codes of the workspace, of which the points are all or an even sample.</summary>
    public required int All { get; init; }
}
