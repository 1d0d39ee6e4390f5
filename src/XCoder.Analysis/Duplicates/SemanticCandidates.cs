using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Duplicates;

/// <summary>Near pairs of distinct code, among which semantic duplicates are looked for.</summary>
public sealed class SemanticCandidates
{
    /// <summary>Near pairs of nodes by margin.</summary>
    public required MarginGraph Graph { get; init; }

    /// <summary>Number of each node's language; dialects of one language share it.</summary>
    public required IReadOnlyList<byte> Languages { get; init; }

    /// <summary>Number of each node's repository.</summary>
    public required IReadOnlyList<int> Repositories { get; init; }

    /// <summary>Functions that belong to each structure; structures are the last nodes, one a row.</summary>
    public required IReadOnlyList<int[]> Members { get; init; }

    /// <summary>Number of the exact, renamed or near group that each node is in, or -1: those are duplicates by stronger evidence.</summary>
    public required IReadOnlyList<int> TextGroups { get; init; }
}
