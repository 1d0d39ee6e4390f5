namespace XCoder.Analysis.Concepts;

/// <summary>The clusters of a graph, and its nodes that are in none.</summary>
internal sealed class ConceptClusters
{
    /// <summary>The cluster number of a node that is noise.</summary>
    public const int Noise = -1;

    private readonly int[] _of;
    private readonly float[] _strengths;

    internal ConceptClusters(int[] of, float[] strengths, IReadOnlyList<int[]> members, IReadOnlyList<float> cohesions) =>
        (_of, _strengths, Members, Cohesions) = (of, strengths, members, cohesions);

    /// <summary>Members of each cluster, node numbers ascending; clusters in the order of their first member.</summary>
    public IReadOnlyList<int[]> Members { get; }

    /// <summary>Mean margin of the pairs of members of each cluster, [threshold, 1], pairs without an edge counted.</summary>
    public IReadOnlyList<float> Cohesions { get; }

    /// <summary>Number of the cluster of each node, or <see cref="Noise"/>.</summary>
    public ReadOnlySpan<int> Of => _of;

    /// <summary>
    /// How firmly each node belongs to its cluster, in (0, 1]: its mean margin to the other members above that of an
    /// unknown pair, as a share of the cluster's most central member's, which has 1. Noise has 0.
    /// </summary>
    public ReadOnlySpan<float> Strengths => _strengths;
}
