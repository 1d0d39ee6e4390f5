using XCoder.Agents.Store;

namespace XCoder.Agents.Purge;

/// <summary>What a purge removed or would remove, and what the search afterwards found.</summary>
public sealed record PurgeSummary
{
    /// <summary>Name of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>Number of the repository's files in the store.</summary>
    public required long Files { get; init; }

    /// <summary>Number of the repository's snippets in the store.</summary>
    public required long Snippets { get; init; }

    /// <summary>Counts of rows, replies and lessons.</summary>
    public required PurgedRows Rows { get; init; }

    /// <summary>Absolute paths of exports and reports that held something of the repository.</summary>
    public required IReadOnlyList<string> Exports { get; init; }

    /// <summary>Recorded exports that are no longer in their place; their present place is unknown.</summary>
    public required IReadOnlyList<string> Moved { get; init; }

    /// <summary>
    /// Paths of recorded exports that now hold something without this workspace's mark, or that have changed since they were written. They
    /// are left alone.
    /// </summary>
    public IReadOnlyList<string> NotOurs { get; init; } = [];

    /// <summary>Names of workspace files that can be computed again: indexes, caches, reports.</summary>
    public required IReadOnlyList<string> Derived { get; init; }

    /// <summary>Number of text pieces that were searched for.</summary>
    public int Searched { get; init; }

    /// <summary>Number of files that were searched.</summary>
    public int SearchedFiles { get; init; }

    /// <summary>Places where a piece was found; empty if the purge is proven.</summary>
    public IReadOnlyList<string> Found { get; init; } = [];
}
